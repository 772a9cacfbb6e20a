package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenFlags;
import dev.cortado.runtime.socket.UnixSocketFile;
import java.io.FileDescriptor;
import java.io.IOException;

/** Sockets that have names in the file system. Counts are those of {@link ChannelCalls}. */
final class UnixSocketCalls {
    /** But for what the program's mask takes away. */
    private static final int PERMISSIONS = 0777;

    private UnixSocketCalls() {}

    /** Makes a socket and returns its number. */
    static int open() throws IOException {
        try {
            return GuestFiles.get().add(new UnixSocketFile());
        } catch (FileException e) {
            throw SocketErrors.of(e);
        }
    }

    /** Makes a file of that name, which stays when the socket has gone (unix(7)). */
    static void bind(FileDescriptor descriptor, byte[] path) throws IOException {
        run(
                descriptor,
                socket -> {
                    if (path.length > 0) {
                        makeFile(path);
                    }
                    socket.bind(path);
                    return 0;
                });
    }

    private static void makeFile(byte[] path) throws FileException {
        int flags = OpenFlags.CREATE | OpenFlags.EXCLUSIVE | OpenFlags.WRITE_ONLY;
        try {
            GuestFiles.get().tree().open(null, path, flags, PERMISSIONS).close();
        } catch (FileException e) {
            throw e.errno() == Errno.EEXIST ? new FileException(Errno.EADDRINUSE) : e;
        }
    }

    /** Returns 1, or {@link OpenFile#UNAVAILABLE} if it is under way. */
    static int connect(FileDescriptor descriptor, byte[] path) throws IOException {
        return run(
                descriptor,
                socket -> {
                    try {
                        return socket.connect(path) ? 1 : OpenFile.UNAVAILABLE;
                    } catch (FileException e) {
                        throw e.errno() == Errno.ENOENT ? nobodyAt(path) : e;
                    }
                });
    }

    /** There may be a file of that name all the same. */
    private static FileException nobodyAt(byte[] path) {
        try {
            GuestFiles.get().tree().attributes(null, path, true);
            return new FileException(Errno.ECONNREFUSED);
        } catch (FileException e) {
            return e;
        }
    }

    /**
     * Returns 1 if it was given a connection.
     *
     * @param accepted is told the connection's number
     * @param path its first element is told the other side's, which may be empty
     */
    static int accept(FileDescriptor descriptor, FileDescriptor accepted, Object[] path)
            throws IOException {
        return run(
                descriptor,
                socket -> {
                    UnixSocketFile connection = socket.accept();
                    if (connection == null) {
                        return OpenFile.UNAVAILABLE;
                    }
                    byte[] remote = connection.remotePath();
                    path[0] = remote == null ? new byte[0] : remote;
                    OpenFiles.setNumber(accepted, GuestFiles.get().add(connection));
                    return 1;
                });
    }

    /** Empty if it has none. */
    static byte[] localPath(FileDescriptor descriptor) throws IOException {
        try {
            return socket(OpenFiles.file(OpenFiles.number(descriptor))).localPath();
        } catch (FileException e) {
            throw SocketErrors.of(e);
        }
    }

    /** A call of a socket. */
    @FunctionalInterface
    private interface Call {
        int run(UnixSocketFile socket) throws FileException;
    }

    private static int run(FileDescriptor descriptor, Call call) throws IOException {
        return (int)
                ChannelCalls.transfer(
                        OpenFiles.number(descriptor),
                        file -> call.run(socket(file)),
                        SocketErrors::of);
    }

    private static UnixSocketFile socket(OpenFile file) throws FileException {
        if (file instanceof UnixSocketFile socket) {
            return socket;
        }
        throw new FileException(Errno.ENOTSOCK);
    }
}
