package dev.cortado.runtime.file.fuse;

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
final class LyingServer implements UnaryOperator<byte[]> {
    private static final int HEADER = 16;
    private static final int INIT = 26;
    private static final long[] WILD = {
        0, -1, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 1 << 20
    };

    private final UnaryOperator<byte[]> honest;
    private final Random random;

    /** Of a hundred replies, so many are as they should be. */
    private final int honesty;

    LyingServer(UnaryOperator<byte[]> honest, Random random) {
        this.honest = honest;
        this.random = random;
        honesty = 50 + random.nextInt(50);
    }

    @Override
    public synchronized byte[] apply(byte[] request) {
        byte[] reply;
        try {
            reply = honest.apply(request);
        } catch (AssertionError | RuntimeException e) {
            // After its lies, the client may name what this one does not know.
            reply = error(request, -9);
        }
        boolean isFirst = request[4] == INIT && random.nextInt(4) != 0;
        boolean isSpoiled = reply.length > 0 && !isFirst && random.nextInt(100) >= honesty;
        return isSpoiled ? spoiled(request, reply) : reply;
    }

    private static byte[] error(byte[] request, int number) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(HEADER).putInt(number).put(request, 8, 8);
        return bytes.array();
    }

    private byte[] spoiled(byte[] request, byte[] reply) {
        ByteBuffer bytes = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        int body = reply.length - HEADER;
        switch (random.nextInt(14)) {
            case 0 -> {
                return random.nextInt(4) == 0 ? null : new byte[0];
            }
            case 1 -> {
                return error(request, (int) wild());
            }
            case 2 -> bytes.putInt(0, (int) wild());
            case 3 -> bytes.putInt(4, (int) wild());
            case 4 -> bytes.putLong(8, wild());
            case 5 -> {
                return Arrays.copyOf(reply, random.nextInt(reply.length + 1));
            }
            case 6 -> {
                byte[] longer = Arrays.copyOf(reply, reply.length + random.nextInt(5000));
                ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(0, longer.length);
                return longer;
            }
            case 7 -> {
                byte[] shorter = Arrays.copyOf(reply, HEADER + random.nextInt(body + 1));
                ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putInt(0, shorter.length);
                return shorter;
            }
            case 8, 9, 10 -> {
                if (body >= 4) {
                    bytes.putInt(HEADER + 4 * random.nextInt(body / 4), (int) wild());
                }
            }
            case 11, 12 -> {
                if (body >= 8) {
                    bytes.putLong(HEADER + 8 * random.nextInt(body / 8), wild());
                }
            }
            default -> {
                for (int i = 1 + random.nextInt(4); i > 0 && body > 0; i--) {
                    reply[HEADER + random.nextInt(body)] = (byte) random.nextInt();
                }
            }
        }
        return reply;
    }

    private long wild() {
        return random.nextBoolean() ? random.nextLong() : WILD[random.nextInt(WILD.length)];
    }
}
