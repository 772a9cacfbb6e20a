package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import dev.cortado.runtime.net.dns.HostsFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads {@code /etc/hosts} again when it is another one, or another time is on it. */
final class HostsReader {
    /** Some ten thousand names. */
    static final int MAXIMUM_BYTES = 1 << 20;

    private static final String PATH = NetworkFiles.DIRECTORY + '/' + NetworkFiles.HOSTS;
    private static final byte[] PATH_BYTES = PATH.getBytes(StandardCharsets.US_ASCII);

    private final Consumer<String> problems;

    /** Null if there was none. */
    private Version seen;

    /** What tells one content of the file from another. */
    private record Version(long device, long inode, long size, long modified, long changed) {
        static Version of(Attributes file) {
            return new Version(
                    file.device(), file.inode(), file.size(), file.modified(), file.changed());
        }
    }

    /**
     * @param problems is told, once for each content, of what is passed over
     */
    HostsReader(Consumer<String> problems) {
        this.problems = problems;
    }

    /** What it has now; null if that is as the last time. */
    synchronized HostsFile changed(FileTree tree) {
        Version last = seen;
        try {
            Attributes found = tree.attributes(null, PATH_BYTES, true);
            Version now = Version.of(found);
            if (now.equals(last)) {
                return null;
            }
            seen = now;
            return read(tree, found);
        } catch (FileException e) {
            seen = null;
            return last == null ? null : new HostsFile("");
        }
    }

    private HostsFile read(FileTree tree, Attributes found) throws FileException {
        if (found.kind() != FileKind.REGULAR || found.size() > MAXIMUM_BYTES) {
            problems.accept(
                    PATH
                            + " is "
                            + (found.kind() == FileKind.REGULAR ? "too long" : "no file")
                            + ": no names are read from it");
            return new HostsFile("");
        }
        HostsFile hosts = new HostsFile(text(tree, (int) found.size()));
        if (hosts.malformed() > 0) {
            problems.accept(PATH + ": passed over lines that cannot be read: " + hosts.malformed());
        }
        return hosts;
    }

    private static String text(FileTree tree, int length) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        OpenFile file = tree.open(null, PATH_BYTES, OpenFlags.READ_ONLY, 0);
        try {
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = file.read(bytes);
            }
        } finally {
            file.close();
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
