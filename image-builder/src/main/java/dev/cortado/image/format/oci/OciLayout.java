package dev.cortado.image.format.oci;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.bytes.SourceStream;
import dev.cortado.image.format.bytes.TemporarySource;
import dev.cortado.image.format.json.JsonDescriptor;
import dev.cortado.image.format.tar.TarArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** A container image with a machine's disk or kernel in it, in an archive or a directory. */
public final class OciLayout {
    static final String LAYOUT_FILE = "oci-layout";
    static final String INDEX_FILE = "index.json";

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern CONTENTS = Pattern.compile("/?(disk|boot)/[^/]+");
    private static final int MOST_LAYERS = 100;
    private static final int PIECE_BYTES = 1 << 16;

    private final ByteSource whole;
    private final Function<String, ByteSource> files;
    private final List<ByteSource> opened = new ArrayList<>();

    private OciLayout(ByteSource whole, Function<String, ByteSource> files) {
        this.whole = whole;
        this.files = files;
        opened.add(whole);
    }

    /** Where a layout has what a digest names. */
    static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    /** Whether a file is an archive of such a layout. */
    public static boolean is(ByteSource file) {
        return TarArchive.is(file) && TarArchive.open(file).find(LAYOUT_FILE).isPresent();
    }

    /** Whether a directory is such a layout. */
    public static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve(LAYOUT_FILE));
    }

    /**
     * Opens the file in the directory {@code disk} or {@code boot} of the first image.
     *
     * @throws dev.cortado.image.UserError if it is damaged, or there is no such file
     */
    public static ByteSource open(ByteSource file) {
        TarArchive archive = TarArchive.open(file);
        return new OciLayout(file, archive::file).open();
    }

    /** The same for a directory. */
    public static ByteSource open(Path directory) {
        ByteSource index = FileSource.open(directory.resolve(INDEX_FILE));
        return new OciLayout(index, name -> FileSource.open(directory.resolve(name))).open();
    }

    /** What is found has been unpacked, and needs none of the layout's files any more. */
    private ByteSource open() {
        try {
            return find();
        } finally {
            opened.forEach(ByteSource::close);
        }
    }

    private ByteSource file(String name) {
        ByteSource file = files.apply(name);
        opened.add(file);
        return file;
    }

    private ByteSource find() {
        JsonNode index = JsonDescriptor.read(file(INDEX_FILE));
        JsonNode manifest = JsonDescriptor.read(blobOf(index.path("manifests").path(0)));
        JsonNode layers = manifest.path("layers");
        if (layers.size() > MOST_LAYERS) {
            throw whole.unsupported("it has %d layers", layers.size());
        }
        for (JsonNode layer : layers) {
            ByteSource found = find(layer);
            if (found != null) {
                return found;
            }
        }
        throw whole.unsupported("no layer of it has a file in /disk or /boot");
    }

    /** What a descriptor names, checked against its digest. */
    private ByteSource blobOf(JsonNode descriptor) {
        String digest = descriptor.path("digest").asString("");
        if (!DIGEST.matcher(digest).matches()) {
            throw whole.damaged("it names something otherwise than by a SHA-256");
        }
        ByteSource blob = file(blob(digest));
        if (!digest.endsWith(HexFormat.of().formatHex(sha256(blob)))) {
            throw whole.damaged("%s is not as its name says", blob(digest));
        }
        return blob;
    }

    private static byte[] sha256(ByteSource blob) {
        MessageDigest digest = ContentHash.sha256();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long at = 0; at < blob.size(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, blob.size() - at));
            blob.read(at, piece);
            digest.update(piece.flip());
        }
        return digest.digest();
    }

    /** The machine's file in a layer; {@code null} if it has none. */
    private ByteSource find(JsonNode descriptor) {
        String type = descriptor.path("mediaType").asString("");
        if (!type.endsWith(".tar") && !type.endsWith("gzip")) {
            throw whole.unsupported("a layer is compressed otherwise than by gzip");
        }
        ByteSource unpacked;
        try (InputStream stream = stream(blobOf(descriptor), type.endsWith("gzip"))) {
            unpacked = TemporarySource.of(whole.name(), stream);
        } catch (IOException e) {
            throw whole.damaged("a layer cannot be unpacked (%s)", e.getMessage());
        }
        try {
            TarArchive archive = TarArchive.open(unpacked);
            for (String name : archive.names()) {
                if (CONTENTS.matcher(name).matches()) {
                    return archive.file(name);
                }
            }
        } catch (RuntimeException e) {
            unpacked.close();
            throw e;
        }
        unpacked.close();
        return null;
    }

    private static InputStream stream(ByteSource blob, boolean compressed) throws IOException {
        InputStream stream = new SourceStream(blob);
        return compressed ? new GZIPInputStream(stream) : stream;
    }
}
