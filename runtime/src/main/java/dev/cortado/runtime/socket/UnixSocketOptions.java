package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/**
 * The options of a socket of AF_UNIX. Those of any socket can be set and read back, as on Linux,
 * and mean nothing here (unix(7)); its buffers are as large as they are.
 */
final class UnixSocketOptions {
    private static final int NO_LINGER = -1;

    private final int bufferBytes;
    private final int[] values = new int[SocketOption.values().length];

    UnixSocketOptions(int bufferBytes) {
        this.bufferBytes = bufferBytes;
        values[SocketOption.LINGER.ordinal()] = NO_LINGER;
    }

    /**
     * @throws FileException ENOPROTOOPT for an option of another family
     */
    synchronized int get(SocketOption option) throws FileException {
        return switch (option) {
            case SEND_BUFFER, RECEIVE_BUFFER -> bufferBytes;
            case LINGER, REUSE_ADDRESS, REUSE_PORT, KEEP_ALIVE, BROADCAST, URGENT_IN_LINE ->
                    values[option.ordinal()];
            default -> throw new FileException(Errno.ENOPROTOOPT);
        };
    }

    /**
     * @throws FileException ENOPROTOOPT for an option of another family
     */
    synchronized void set(SocketOption option, int value) throws FileException {
        get(option);
        boolean isSwitch = option != SocketOption.LINGER;
        values[option.ordinal()] = isSwitch ? (value == 0 ? 0 : 1) : Math.max(NO_LINGER, value);
    }
}
