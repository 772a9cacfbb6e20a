package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** A way to a server of the test: it answers when somebody waits, or lets time pass at once. */
public class ServerTransport implements Transport {
    private static final int SLOTS = 4;

    /** Beside what a message has of data. */
    private static final int HEADER_BYTES = 8192;

    private final UnaryOperator<byte[]> server;
    private final ByteBuffer[] memory = new ByteBuffer[SLOTS];
    private final byte[][] requests = new byte[SLOTS][];
    private final int[] places = new int[SLOTS];
    private final int[] rooms = new int[SLOTS];
    private volatile boolean isAlive = true;

    /**
     * @param server answers a message; with null not, with nothing that it has none
     * @param bytes of a message
     */
    public ServerTransport(UnaryOperator<byte[]> server, int bytes) {
        this.server = server;
        for (int i = 0; i < SLOTS; i++) {
            memory[i] = ByteBuffer.allocate(bytes + HEADER_BYTES);
        }
    }

    @Override
    public int slots() {
        return SLOTS;
    }

    @Override
    public int slotBytes() {
        return memory[0].capacity();
    }

    @Override
    public ByteBuffer memory(int slot) throws FileException {
        return memory[slot];
    }

    @Override
    public void send(int slot, int requestBytes, int replyAt, int replyBytes) throws FileException {
        if (!isAlive) {
            throw new FileException(Errno.EIO);
        }
        if (replyAt < requestBytes || replyAt % 8 != 0 || requests[slot] != null) {
            throw new AssertionError("slot " + slot);
        }
        requests[slot] = new byte[requestBytes];
        memory[slot].get(0, requests[slot]);
        places[slot] = replyAt;
        rooms[slot] = Math.min(replyBytes, memory[slot].capacity() - replyAt);
    }

    @Override
    public void tell(int slot, int messageBytes) throws FileException {
        send(slot, messageBytes, (messageBytes + 7) & -8, 0);
    }

    @Override
    public int await(int slot, long nanoseconds) throws FileException, InterruptedException {
        if (!isAlive) {
            throw new FileException(Errno.EIO);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        byte[] reply = server.apply(requests[slot]);
        if (reply == null) {
            return NONE;
        }
        requests[slot] = null;
        int count = Math.min(reply.length, rooms[slot]);
        memory[slot].put(places[slot], reply, 0, count);
        return count;
    }

    @Override
    public void done(int slot) {
        requests[slot] = null;
    }

    @Override
    public boolean isAlive() {
        return isAlive;
    }

    @Override
    public void fail(String why) {
        isAlive = false;
    }
}
