package dev.cortado.image.format.oci;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * The only layer of an image: one directory with one file, which belongs to the user that QEMU is
 * in KubeVirt.
 *
 * @param contentId digest of the archive
 * @param digest of the file, which is the archive compressed
 */
record OciLayer(Path file, String contentId, String digest) {
    static final String MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** KubeVirt's user qemu. */
    private static final int OWNER = 107;

    /**
     * @param name of the file in its directory: {@code disk/app.img}
     * @param file to be written
     */
    static OciLayer write(String name, ByteSource contents, Path file) throws IOException {
        MessageDigest inner = ContentHash.sha256();
        MessageDigest outer = ContentHash.sha256();
        try (OutputStream out = Files.newOutputStream(file);
                var digested = new DigestOutputStream(out, outer);
                var compressed = new GZIPOutputStream(digested);
                var archived = new DigestOutputStream(compressed, inner)) {
            TarWriter archive = new TarWriter(archived);
            archive.directory(name.substring(0, name.indexOf('/')), OWNER);
            archive.file(name, OWNER, contents);
            archive.finish();
        }
        return new OciLayer(file, digest(inner), digest(outer));
    }

    static String digest(byte[] contents) {
        return "sha256:" + HexFormat.of().formatHex(ContentHash.sha256().digest(contents));
    }

    private static String digest(MessageDigest finished) {
        return "sha256:" + HexFormat.of().formatHex(finished.digest());
    }
}
