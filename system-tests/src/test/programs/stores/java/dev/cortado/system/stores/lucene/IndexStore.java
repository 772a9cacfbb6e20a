package dev.cortado.system.stores.lucene;

import dev.cortado.system.stores.Batch;
import dev.cortado.system.stores.KeyedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;

/** Lucene's index in a directory: a document for each key. */
public final class IndexStore implements KeyedStore {
    /** Says which of the processor's and system's abilities are used: another text everywhere. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

    private static final String KEY = "key";
    private static final String VALUE = "value";

    private final FSDirectory directory;
    private final IndexWriter writer;
    private DirectoryReader reader;

    private IndexStore(FSDirectory directory) throws IOException {
        this.directory = directory;
        IndexWriterConfig configuration = new IndexWriterConfig(new StandardAnalyzer());
        writer = new IndexWriter(directory, configuration.setCommitOnClose(false));
        reader = DirectoryReader.open(writer);
    }

    /**
     * Opens an index.
     *
     * @param mapped whether files that are read are mapped
     */
    public static IndexStore open(Path path, boolean mapped) throws IOException {
        LOGGER.setLevel(Level.OFF);
        FSDirectory directory = mapped ? new MMapDirectory(path) : new NIOFSDirectory(path);
        if (DirectoryReader.indexExists(directory)) {
            check(directory);
        }
        return new IndexStore(directory);
    }

    private static void check(FSDirectory directory) throws IOException {
        try (CheckIndex check = new CheckIndex(directory)) {
            if (!check.checkIndex().clean) {
                throw new IllegalStateException("the index is damaged");
            }
        }
    }

    @Override
    public String get(String key) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        TopDocs found = searcher.search(new TermQuery(new Term(KEY, key)), 2);
        if (found.scoreDocs.length > 1) {
            throw new IllegalStateException(key + " is there twice");
        }
        return found.scoreDocs.length == 0
                ? null
                : searcher.storedFields().document(found.scoreDocs[0].doc).get(VALUE);
    }

    @Override
    public long size() throws IOException {
        return new IndexSearcher(reader).count(new MatchAllDocsQuery());
    }

    @Override
    public void put(Batch batch) throws IOException {
        for (Map.Entry<String, String> entry : batch.entries().entrySet()) {
            Document document = new Document();
            document.add(new StringField(KEY, entry.getKey(), Field.Store.YES));
            document.add(new TextField(VALUE, entry.getValue(), Field.Store.YES));
            document.add(new SortedDocValuesField(KEY, new BytesRef(entry.getKey())));
            writer.updateDocument(new Term(KEY, entry.getKey()), document);
        }
        for (String key : batch.removed()) {
            writer.deleteDocuments(new Term(KEY, key));
        }
        writer.commit();
        DirectoryReader newer = DirectoryReader.openIfChanged(reader);
        reader.close();
        reader = newer;
        if (!get(Batch.LAST).equals(String.valueOf(batch.number()))) {
            throw new IllegalStateException("batch " + batch.number() + " is not seen");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        directory.close();
    }
}
