package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.tmpfs.SuppliedFileSystem;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.runtime.network.HostName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What programs with a network look for in {@code /etc}: {@code hosts}, and {@code resolv.conf}
 * with the name servers that the network has when somebody looks.
 */
final class NetworkFiles {
    static final String DIRECTORY = "/etc";
    static final String HOSTS = "hosts";
    private static final String RESOLVER = "resolv.conf";

    private static final int DIRECTORY_PERMISSIONS = 0755;
    private static final int FILE_PERMISSIONS = 0644;

    /** Whether the program may look; before that the network is not started. */
    private volatile boolean isStarted;

    /**
     * What is to be mounted on the directory.
     *
     * @param other its files count together with these
     */
    FileSystem make(TmpFileSystem other) throws FileException {
        SuppliedFileSystem made =
                new SuppliedFileSystem(other, FileName.of(RESOLVER), this::resolver);
        made.setAttributes(made.root(), AttributeChange.ofPermissions(DIRECTORY_PERMISSIONS));
        Inode file = made.create(made.root(), FileName.of(HOSTS), FILE_PERMISSIONS);
        made.append(file, ByteBuffer.wrap(bytes(hosts(HostName.own()))));
        return made;
    }

    /** What others have put into the directory is there: it stays as it is. */
    void start() {
        isStarted = true;
    }

    private byte[] resolver() {
        if (!isStarted) {
            return null;
        }
        GuestNetwork network;
        try {
            network = GuestNetwork.get();
        } catch (RuntimeException e) {
            return null; // Who opens a socket is told why.
        }
        network.awaitConfigured();
        return bytes(network.nameServers().text());
    }

    /**
     * The text of hosts(5).
     *
     * @param own the machine's name, which is on a loopback address of its own, as Debian has it;
     *     null if it has none
     */
    static String hosts(String own) {
        String line = own == null ? "" : "127.0.1.1 " + own + "\n";
        return "127.0.0.1 localhost\n" + line + "::1 localhost\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
