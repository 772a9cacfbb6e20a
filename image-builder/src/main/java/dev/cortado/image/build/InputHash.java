package dev.cortado.image.build;

import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** A SHA-256 of all that an image depends on: contents and order, but not where files are. */
final class InputHash {
    private static final String DIRECTORY = "(directory)";

    private final MessageDigest digest = sha256();

    InputHash add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    InputHash addAll(List<String> texts) {
        add(Integer.toString(texts.size()));
        texts.forEach(this::add);
        return this;
    }

    /** Adds jars, or directories with what is in them. */
    InputHash addPaths(List<Path> paths) throws IOException {
        add(Integer.toString(paths.size()));
        for (Path path : paths) {
            add(name(path));
            addPath(path);
        }
        return this;
    }

    /** Adds those files and directories below {@code root} that exist. */
    InputHash addFiles(Path root, List<String> names) throws IOException {
        for (String name : names) {
            Path path = root.resolve(name);
            add(name);
            if (Files.isDirectory(path)) {
                addPath(path);
            } else if (Files.exists(path)) {
                addLarge(path);
            }
        }
        return this;
    }

    /**
     * A file of a hundred megabytes that nobody forges: its size and CRC-32C, which also takes no
     * time in a JVM that does not live long enough for its best compiler.
     */
    private void addLarge(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel in = FileChannel.open(file)) {
            while (in.read(buffer) >= 0) {
                checksum.update(buffer.flip());
                buffer.clear();
            }
            add(in.size() + " " + checksum.getValue());
        }
    }

    byte[] bytes() {
        return digest.digest();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** What a jar is called, wherever it is; what a directory is called says where it is, too. */
    static String name(Path path) {
        return Files.isDirectory(path) ? DIRECTORY : path.toFile().getName();
    }

    /** The SHA-256 of one jar, or of a directory's contents. */
    static String of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            InputHash hash = new InputHash();
            hash.addPath(path);
            return hash.hex();
        }
        MessageDigest file = sha256();
        update(file, path);
        return HexFormat.of().formatHex(file.digest());
    }

    private void addPath(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            add(of(path));
            return;
        }
        try (ClassPathEntry directory = ClassPathEntry.open(ClassPathElement.of(path))) {
            for (String name : directory.names()) {
                add(name).add(directory.read(name));
            }
        }
    }

    /** The length goes first, so that no two lists of inputs look the same. */
    private InputHash add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
