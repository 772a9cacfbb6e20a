package dev.cortado.system.libraries;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** A text index in memory. */
final class LucenePart {
    private static final String[] TEXTS = {
        "An espresso is a small coffee.",
        "A tea is no coffee at all",
        "Small cups and large cups",
        "The guest has no file system, and the index lives in memory",
    };

    /** Says whether the processor's vectors are used: another text on each machine. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

    private LucenePart() {}

    static void run() throws Exception {
        LOGGER.setLevel(Level.OFF);
        try (Directory directory = new ByteBuffersDirectory()) {
            write(directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                System.out.println(reader.numDocs() + " documents");
                IndexSearcher searcher = new IndexSearcher(reader);
                show(searcher, new TermQuery(new Term("text", "coffee")));
                show(searcher, new PhraseQuery("text", "small", "coffee"));
                show(searcher, IntPoint.newRangeQuery("number", 1, 2));
                show(
                        searcher,
                        new BooleanQuery.Builder()
                                .add(
                                        new TermQuery(new Term("text", "small")),
                                        BooleanClause.Occur.MUST)
                                .add(
                                        new TermQuery(new Term("text", "coffee")),
                                        BooleanClause.Occur.MUST_NOT)
                                .build());
                show(searcher, new KnnFloatVectorQuery("place", new float[] {0.2f, 3.1f}, 2));
            }
        }
    }

    private static void write(Directory directory) throws Exception {
        IndexWriterConfig configuration = new IndexWriterConfig(new StandardAnalyzer());
        try (IndexWriter writer = new IndexWriter(directory, configuration)) {
            for (int i = 0; i < TEXTS.length; i++) {
                Document document = new Document();
                document.add(new TextField("text", TEXTS[i], Field.Store.YES));
                document.add(new IntPoint("number", i));
                document.add(new StoredField("number", i));
                document.add(new KnnFloatVectorField("place", new float[] {i, 3f - i}));
                writer.addDocument(document);
            }
            writer.deleteDocuments(IntPoint.newExactQuery("number", 9));
            writer.commit();
            writer.forceMerge(1);
        }
    }

    private static void show(IndexSearcher searcher, Query query) throws Exception {
        System.out.println(query);
        for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
            System.out.printf(
                    "  %.4f %s%n",
                    hit.score, searcher.storedFields().document(hit.doc).get("text"));
        }
    }
}
