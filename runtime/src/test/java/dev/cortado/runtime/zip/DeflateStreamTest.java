package dev.cortado.runtime.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.zip.DeflateStream.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** The JDK's own inflater must give back what went in. */
class DeflateStreamTest {
    private static byte[] deflate(
            DeflateStream stream, Random random, byte[] plain, int maxPiece, boolean flushes) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        int next = 0;
        while (true) {
            int length = Math.min(random.nextInt(maxPiece), plain.length - next);
            int flush = next + length == plain.length ? DeflateStream.FINISH : 0;
            if (flush == 0 && flushes) {
                flush = new int[] {0, 0, 2, 3}[random.nextInt(4)];
            }
            byte[] out = new byte[1 + random.nextInt(maxPiece)];
            Status status = stream.deflate(plain, next, length, out, 0, out.length, flush);
            next += stream.consumed();
            result.write(out, 0, stream.produced());
            if (status == Status.END) {
                assertEquals(plain.length, next);
                return result.toByteArray();
            }
        }
    }

    private static byte[] inflate(byte[] compressed, boolean raw, byte[] dictionary, int size)
            throws DataFormatException {
        try (Inflater inflater = new Inflater(raw)) {
            byte[] out = new byte[size + 1];
            if (raw && dictionary != null) {
                inflater.setDictionary(dictionary);
            }
            inflater.setInput(compressed);
            int length = inflater.inflate(out);
            if (inflater.needsDictionary()) {
                inflater.setDictionary(dictionary);
                length = inflater.inflate(out);
            }
            assertTrue(inflater.finished());
            assertEquals(0, inflater.getRemaining());
            return Arrays.copyOf(out, length);
        }
    }

    @Test
    void theJdkInflatesIt() throws DataFormatException {
        Random random = new Random(1);
        for (int run = 0; run < 100; run++) {
            byte[] plain = ZipInputs.create(random, run % ZipInputs.KINDS, random.nextInt(200_000));
            boolean raw = random.nextBoolean();
            DeflateStream stream =
                    new DeflateStream(random.nextInt(11) - 1, random.nextInt(3), raw);
            int piece = 2 + random.nextInt(1 << random.nextInt(4, 18));
            byte[] compressed = deflate(stream, random, plain, piece, random.nextBoolean());
            assertArrayEquals(plain, inflate(compressed, raw, null, plain.length));
        }
    }

    /**
     * Not compared: whether it is zlib's very bytes depends on the zlib that the JDK was built
     * with.
     */
    @Test
    void compressesAsWellAsZlib() {
        Random random = new Random(2);
        long ours = 0;
        long theirs = 0;
        for (int run = 0; run < 100; run++) {
            byte[] plain = ZipInputs.create(random, run % ZipInputs.KINDS, random.nextInt(200_000));
            int level = 1 + random.nextInt(9);
            int strategy = random.nextInt(3);
            ours +=
                    deflate(new DeflateStream(level, strategy, false), random, plain, 1000, false)
                            .length;
            try (Deflater deflater = new Deflater(level)) {
                deflater.setStrategy(strategy);
                deflater.setInput(plain);
                deflater.finish();
                byte[] out = new byte[2000];
                while (!deflater.finished()) {
                    deflater.deflate(out);
                }
                theirs += deflater.getTotalOut();
            }
        }
        assertTrue(ours <= theirs * 1.05, ours + " bytes, zlib " + theirs);
    }

    @Test
    void whatIsFlushedCanBeInflatedAtOnce() throws DataFormatException {
        Random random = new Random(3);
        try (Inflater inflater = new Inflater(true)) {
            DeflateStream stream = new DeflateStream(6, 0, true);
            for (int run = 0; run < 100; run++) {
                byte[] plain =
                        ZipInputs.create(random, run % ZipInputs.KINDS, 1 + random.nextInt(9999));
                byte[] out = new byte[20_000];
                stream.deflate(
                        plain,
                        0,
                        plain.length,
                        out,
                        0,
                        out.length,
                        random.nextBoolean() ? DeflateStream.SYNC_FLUSH : DeflateStream.FULL_FLUSH);
                assertEquals(plain.length, stream.consumed());
                byte[] back = new byte[plain.length];
                inflater.setInput(out, 0, stream.produced());
                assertEquals(plain.length, inflater.inflate(back));
                assertArrayEquals(plain, back);
            }
        }
    }

    @Test
    void changesLevelAndStrategyMidway() throws DataFormatException {
        Random random = new Random(4);
        for (int run = 0; run < 100; run++) {
            boolean raw = random.nextBoolean();
            DeflateStream stream = new DeflateStream(random.nextInt(10), random.nextInt(3), raw);
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            for (int part = 0; part < 6; part++) {
                byte[] piece =
                        ZipInputs.create(random, run % ZipInputs.KINDS, random.nextInt(60_000));
                plain.writeBytes(piece);
                int level = random.nextInt(10);
                int strategy = random.nextInt(3);
                byte[] out = new byte[1 + random.nextInt(3000)];
                int next = 0;
                while (part > 0
                        && stream.setParameters(level, strategy, piece, next, 0, out, 0, out.length)
                                != Status.OK) {
                    compressed.write(out, 0, stream.produced());
                }
                if (part > 0) {
                    compressed.write(out, 0, stream.produced());
                }
                Status status = Status.OK;
                while (part == 5 ? status != Status.END : next < piece.length) {
                    status =
                            stream.deflate(
                                    piece,
                                    next,
                                    piece.length - next,
                                    out,
                                    0,
                                    out.length,
                                    part == 5 ? DeflateStream.FINISH : DeflateStream.NO_FLUSH);
                    next += stream.consumed();
                    compressed.write(out, 0, stream.produced());
                }
            }
            byte[] all = plain.toByteArray();
            assertArrayEquals(all, inflate(compressed.toByteArray(), raw, null, all.length));
        }
    }

    @Test
    void usesADictionary() throws DataFormatException {
        Random random = new Random(5);
        for (int run = 0; run < 100; run++) {
            byte[] plain = ZipInputs.create(random, 0, 100 + random.nextInt(40_000));
            boolean raw = random.nextBoolean();
            DeflateStream stream = new DeflateStream(1 + random.nextInt(9), 0, raw);
            stream.setDictionary(plain, 0, plain.length);
            byte[] compressed = deflate(stream, random, plain, 5000, false);
            if (plain.length < 32_000) {
                assertTrue(compressed.length < plain.length / 4 + 50, () -> "no dictionary used");
            }
            assertArrayEquals(plain, inflate(compressed, raw, plain, plain.length));
        }
        DeflateStream stream = new DeflateStream(6, 0, false);
        stream.deflate(new byte[10], 0, 10, new byte[100], 0, 100, DeflateStream.SYNC_FLUSH);
        byte[] late = new byte[10];
        assertThrows(IllegalArgumentException.class, () -> stream.setDictionary(late, 0, 10));
    }

    @Test
    void refusesUnknownParameters() {
        assertThrows(IllegalArgumentException.class, () -> new DeflateStream(10, 0, true));
        assertThrows(IllegalArgumentException.class, () -> new DeflateStream(-2, 0, true));
        assertThrows(IllegalArgumentException.class, () -> new DeflateStream(6, 3, true));
    }

    @Test
    void startsOverAfterReset() throws DataFormatException {
        Random random = new Random(6);
        DeflateStream stream = new DeflateStream(6, 0, false);
        byte[] first = null;
        byte[] plain = ZipInputs.create(random, 2, 10_000);
        for (int run = 0; run < 3; run++) {
            byte[] compressed = deflate(stream, random, plain, 100_000, false);
            if (first == null) {
                first = compressed;
            }
            assertArrayEquals(first, compressed);
            stream.reset();
            stream.deflate(plain, 0, 5000, new byte[10], 0, 10, DeflateStream.FINISH);
            stream.reset();
        }
    }
}
