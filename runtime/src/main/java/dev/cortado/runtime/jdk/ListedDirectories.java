package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.imagefs.ImageTree;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Reads directories that are to be part of an image, while it is built: what is in them, the image
 * builder has listed. Words of a line have a space between them, numbers of permissions are octal,
 * times nanoseconds since 1970; paths are as in URIs, those in a directory begin with a slash.
 *
 * <pre>
 * mount PATH DIRECTORY                          PATH in the guest, the URI of a directory here
 * directory PERMISSIONS MODIFIED PATH           / is the directory itself
 * file PERMISSIONS MODIFIED BYTES SHA-256 PATH
 * link MODIFIED TARGET PATH
 * </pre>
 *
 * <p>A directory's lines come behind its mount's. What a file has in it has to be what was listed.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class ListedDirectories {
    private static final int OCTAL = 8;

    private final List<ImageFiles.Placed> mounts = new ArrayList<>();
    private String path;
    private String directory;
    private ImageTree tree;

    private ListedDirectories() {}

    /** A file is not as it was listed. The message says which. */
    static final class ChangedException extends Exception {
        private static final long serialVersionUID = 1;

        ChangedException(String file) {
            super(file + " has changed while the image was built: build again");
        }
    }

    /** The directories of a listing, with all that is in them. */
    static List<ImageFiles.Placed> read(Path listing) throws IOException, ChangedException {
        ListedDirectories read = new ListedDirectories();
        for (String line : Files.readAllLines(listing, StandardCharsets.US_ASCII)) {
            read.add(line.split(" ", -1));
        }
        read.finish();
        return List.copyOf(read.mounts);
    }

    private void add(String[] words) throws IOException, ChangedException {
        switch (words[0]) {
            case "mount" -> {
                finish();
                path = new String(decoded(words[1]), StandardCharsets.UTF_8);
                directory = words[2];
                tree = new ImageTree(0);
            }
            case "directory" ->
                    tree.addDirectory(
                            decoded(words[3]),
                            Integer.parseInt(words[1], OCTAL),
                            Long.parseLong(words[2]));
            case "file" ->
                    tree.addFile(
                            decoded(words[5]),
                            Integer.parseInt(words[1], OCTAL),
                            Long.parseLong(words[2]),
                            content(words[5], words[4]));
            case "link" ->
                    tree.addLink(decoded(words[3]), Long.parseLong(words[1]), decoded(words[2]));
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private void finish() {
        if (tree != null) {
            mounts.add(new ImageFiles.Placed(path, tree.fileSystem()));
        }
    }

    private byte[] content(String file, String sha256) throws IOException, ChangedException {
        Path place = Path.of(URI.create(directory + file.substring(1)));
        byte[] content;
        try {
            content = Files.readAllBytes(place);
        } catch (IOException e) {
            throw (ChangedException) new ChangedException(place.toString()).initCause(e);
        }
        if (!HexFormat.of().formatHex(digest().digest(content)).equals(sha256)) {
            throw new ChangedException(place.toString());
        }
        return content;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The bytes of a path, which need not be in the encoding of this machine's names. */
    private static byte[] decoded(String text) {
        String plus = text.replace("+", "%2B");
        String bytes = URLDecoder.decode(plus, StandardCharsets.ISO_8859_1);
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }
}
