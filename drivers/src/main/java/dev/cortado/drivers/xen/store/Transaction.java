package dev.cortado.drivers.xen.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Changes that are made together or not at all. It fails with EAGAIN, at its end or before, when
 * others have changed what it saw, or when the domain was restored meanwhile; {@link
 * XenStore#inTransaction} then does it again.
 */
public final class Transaction extends StoreAccess {
    private static final int LONGEST_ID = 10;

    private final StoreConnection connection;
    private final int life;
    private final int id;

    private Transaction(StoreConnection connection, int life, int id) {
        this.connection = connection;
        this.life = life;
        this.id = id;
    }

    static Transaction start(StoreConnection connection) throws IOException {
        int life = connection.life();
        byte[] reply =
                connection.exchange(MessageType.TRANSACTION_START, "", StorePath.payload(""));
        return new Transaction(connection, life, number(reply));
    }

    /** An unsigned number of 32 bits in decimal, and a NUL. */
    private static int number(byte[] reply) throws StoreException {
        int length = reply.length - 1;
        long number = 0;
        boolean valid = length > 0 && length <= LONGEST_ID && reply[length] == 0;
        for (int i = 0; valid && i < length; i++) {
            valid = reply[i] >= '0' && reply[i] <= '9';
            number = 10 * number + reply[i] - '0';
        }
        if (!valid || number == 0 || number >> 32 != 0) {
            throw new StoreException(
                    MessageType.TRANSACTION_START.name(),
                    "",
                    StoreException.EIO,
                    "no number: " + new String(reply, StandardCharsets.US_ASCII));
        }
        return (int) number;
    }

    @Override
    byte[] exchange(MessageType type, String path, byte[] payload) throws IOException {
        return connection.exchange(type, path, payload, id, life);
    }

    /**
     * Makes the changes.
     *
     * @throws StoreException EAGAIN if it has to be done again
     */
    void commit() throws IOException {
        exchange(MessageType.TRANSACTION_END, "", StorePath.payload("T"));
    }

    /** Forgets the changes. */
    void abort() throws IOException {
        exchange(MessageType.TRANSACTION_END, "", StorePath.payload("F"));
    }
}
