package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;

/** The requests about extended attributes (fuse.h: getxattr, listxattr, setxattr, removexattr). */
final class ExtendedCalls {
    private final Connection connection;
    private final int most;

    /**
     * @param most bytes in a message
     */
    ExtendedCalls(Connection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    byte[] read(long node, byte[] name) throws FileException {
        requireName(name);
        try {
            return connection.call(
                    Opcode.GETXATTR,
                    node,
                    most,
                    request -> request.number32(most).number32(0).text(name),
                    this::data);
        } catch (FileException e) {
            throw understood(e);
        }
    }

    /** All names, with a zero behind each. */
    byte[] names(long node) throws FileException {
        try {
            return connection.call(
                    Opcode.LISTXATTR,
                    node,
                    most,
                    request -> request.number32(most).number32(0),
                    reply -> {
                        byte[] names = data(reply);
                        if (names.length > 0 && names[names.length - 1] != 0) {
                            throw reply.bad("has a name without an end");
                        }
                        return names;
                    });
        } catch (FileException e) {
            throw understood(e);
        }
    }

    private byte[] data(Reply reply) throws FileException {
        reply.dataBytes(most);
        return reply.rest();
    }

    /**
     * @param value null to remove it
     */
    void write(long node, byte[] name, byte[] value) throws FileException {
        requireName(name);
        if (value != null && value.length > most) {
            throw new FileException(Errno.E2BIG);
        }
        try {
            if (value == null) {
                connection.call(Opcode.REMOVEXATTR, node, request -> request.text(name));
            } else {
                connection.call(
                        Opcode.SETXATTR,
                        node,
                        request ->
                                request.number32(value.length)
                                        .number32(0) // there or not
                                        .text(name)
                                        .bytes(value));
            }
        } catch (FileException e) {
            throw understood(e);
        }
    }

    /** A name with a zero in it would be another one. */
    private static void requireName(byte[] name) throws FileException {
        if (name.length > FileName.MAXIMUM_BYTES) {
            throw new FileException(Errno.ERANGE);
        }
        for (byte each : name) {
            if (each == 0) {
                throw new FileException(Errno.EINVAL);
            }
        }
    }

    /** A server without them knows no such operation; one with a larger value has no room. */
    private static FileException understood(FileException e) {
        return switch (e.errno()) {
            case ENOSYS -> new FileException(Errno.EOPNOTSUPP);
            case ERANGE -> new FileException(Errno.E2BIG);
            default -> e;
        };
    }
}
