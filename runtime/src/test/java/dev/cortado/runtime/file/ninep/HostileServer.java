package dev.cortado.runtime.file.ninep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A server that answers honestly for a while and then says something else: with fields that are
 * wrong, too large or negative, with too few or too many bytes, with errors that do not exist, or
 * nothing.
 */
final class HostileServer implements UnaryOperator<byte[]> {
    private static final int HEADER = 7;
    private static final int FLUSH = 108;
    private static final int RLERROR = 7;
    private static final int[] WILD = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 4, 11, 1 << 20};

    private final UnaryOperator<byte[]> honest;
    private final Random random;

    /** Of a hundred replies, so many are as they should be. */
    private final int honesty;

    private boolean isSilent;

    HostileServer(UnaryOperator<byte[]> honest, Random random) {
        this.honest = honest;
        this.random = random;
        honesty = 50 + random.nextInt(50);
    }

    @Override
    public synchronized byte[] apply(byte[] request) {
        boolean isFlush = request[4] == FLUSH;
        if (isFlush) {
            return flushed(request);
        }
        if (isSilent) {
            isSilent = random.nextInt(3) != 0;
            return new byte[0];
        }
        byte[] reply;
        try {
            reply = honest.apply(request);
        } catch (AssertionError | RuntimeException e) {
            // After its lies, the client may name what this one does not know.
            return error(request, 9);
        }
        return random.nextInt(100) < honesty ? reply : spoiled(request, reply);
    }

    /** Mostly it gives up what it has not answered. */
    private byte[] flushed(byte[] request) {
        isSilent = random.nextInt(2) == 0;
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> error(request, random.nextInt());
            default -> message(FLUSH + 1, request, new byte[0]);
        };
    }

    private static byte[] error(byte[] request, int number) {
        byte[] body = new byte[4];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(number);
        return message(RLERROR, request, body);
    }

    private static byte[] message(int type, byte[] request, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.capacity()).put((byte) type);
        bytes.put(request[5]).put(request[6]).put(body);
        return bytes.array();
    }

    private byte[] spoiled(byte[] request, byte[] reply) {
        ByteBuffer bytes = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(12)) {
            case 0 -> {
                return null; // no answer, and then perhaps none to a flush
            }
            case 1 -> {
                return error(request, wild());
            }
            case 2 -> bytes.putInt(0, wild());
            case 3 -> bytes.put(4, (byte) random.nextInt());
            case 4 -> bytes.putShort(5, (short) random.nextInt());
            case 5 -> {
                return Arrays.copyOf(reply, random.nextInt(reply.length + 1));
            }
            case 6 -> {
                byte[] longer = Arrays.copyOf(reply, reply.length + random.nextInt(5000));
                ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(0, longer.length);
                return longer;
            }
            case 7, 8 -> {
                if (reply.length >= HEADER + 4) {
                    bytes.putInt(HEADER + random.nextInt(reply.length - HEADER - 3), wild());
                }
            }
            case 9 -> {
                if (reply.length > HEADER + 1) {
                    bytes.putShort(HEADER, (short) random.nextInt());
                }
            }
            default -> {
                for (int i = 1 + random.nextInt(4); i > 0 && reply.length > HEADER; i--) {
                    int at = HEADER + random.nextInt(reply.length - HEADER);
                    reply[at] = (byte) random.nextInt();
                }
            }
        }
        return reply;
    }

    private int wild() {
        return random.nextBoolean() ? random.nextInt() : WILD[random.nextInt(WILD.length)];
    }
}
