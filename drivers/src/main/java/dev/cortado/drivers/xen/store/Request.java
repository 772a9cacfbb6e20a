package dev.cortado.drivers.xen.store;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;

/** Something that xenstore is asked, and its answer. The connection's lock guards what changes. */
final class Request {
    /** No transaction, and so not bound to one life of the connection. */
    static final int ANY_LIFE = -1;

    private static final int LONGEST_ERROR = 32;

    final MessageType type;

    /** For people. */
    final String path;

    final byte[] payload;
    final int transaction;

    /** The life of the connection that the transaction belongs to, or {@link #ANY_LIFE}. */
    final int life;

    /** Signalled when this is done; null if nobody waits. */
    final Condition answered;

    int id;
    private boolean done;
    private byte[] reply;
    private StoreException failure;

    Request(
            MessageType type,
            String path,
            byte[] payload,
            int transaction,
            int life,
            Condition answered) {
        this.type = type;
        this.path = path;
        this.payload = payload;
        this.transaction = transaction;
        this.life = life;
        this.answered = answered;
    }

    byte[] encode() {
        return new WireMessage(type, id, transaction, payload).encode();
    }

    boolean isDone() {
        return done;
    }

    /** What was replied, or the exception that says why there is nothing. */
    byte[] result() throws StoreException {
        if (failure != null) {
            throw failure;
        }
        return reply;
    }

    void answer(WireMessage message) {
        if (message.type() == type) {
            reply = message.payload();
            finish();
        } else if (message.type() == MessageType.ERROR) {
            fail(errorName(message.payload()), null);
        } else {
            fail(StoreException.EIO, "the reply is to something else: " + message.type());
        }
    }

    void fail(String error, String detail) {
        failure = failure(error, detail);
        finish();
    }

    StoreException failure(String error, String detail) {
        return new StoreException(type.name(), path, error, detail);
    }

    StoreException timeout(String detail) {
        return new StoreTimeoutException(type.name(), path, detail);
    }

    private void finish() {
        done = true;
        if (answered != null) {
            answered.signalAll();
        }
    }

    /** The name in an error reply, which comes from outside and is shown to people. */
    private static String errorName(byte[] payload) {
        int length = payload.length - 1;
        if (length < 1 || length > LONGEST_ERROR || payload[length] != 0) {
            return StoreException.EIO;
        }
        for (int i = 0; i < length; i++) {
            byte letter = payload[i];
            if ((letter < 'A' || letter > 'Z') && (letter < '0' || letter > '9')) {
                return StoreException.EIO;
            }
        }
        return new String(payload, 0, length, StandardCharsets.US_ASCII);
    }
}
