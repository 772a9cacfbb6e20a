package dev.cortado.runtime.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.zip.InflateStream.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** Against the JDK's own, call by call. */
class InflateStreamTest {
    private static final int OK = 0;
    private static final int END = 1;
    private static final int NEEDS_DICTIONARY = 2;

    private static byte[] deflate(byte[] plain, int level, int strategy, boolean raw) {
        try (Deflater deflater = new Deflater(level, raw)) {
            deflater.setStrategy(strategy);
            deflater.setInput(plain);
            deflater.finish();
            byte[] out = new byte[plain.length * 2 + 100];
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        }
    }

    /** Both get the same pieces and must use, make and say the same. */
    private static byte[] inflateBoth(Random random, byte[] compressed, boolean raw, int maxPiece)
            throws DataFormatException {
        InflateStream ours = new InflateStream(raw);
        byte[] result = new byte[64];
        int made = 0;
        try (Inflater theirs = new Inflater(raw)) {
            int next = 0;
            int idle = 0;
            while (idle < (maxPiece < 10 ? 500 : 30)) {
                int inputLength = Math.min(random.nextInt(maxPiece), compressed.length - next);
                int room = random.nextInt(maxPiece);
                byte[] ourOutput = new byte[room + 3];
                byte[] theirOutput = new byte[room + 3];
                Status status = ours.inflate(compressed, next, inputLength, ourOutput, 2, room);
                theirs.setInput(compressed, next, inputLength);
                int count;
                try {
                    count = theirs.inflate(theirOutput, 2, room);
                } catch (DataFormatException e) {
                    assertEquals(Status.BROKEN, status);
                    assertEquals(e.getMessage(), ours.message());
                    throw e;
                }
                assertEquals(count, ours.produced());
                assertEquals(inputLength - theirs.getRemaining(), ours.consumed());
                assertArrayEquals(theirOutput, ourOutput);
                assertEquals(
                        theirs.finished() ? END : theirs.needsDictionary() ? NEEDS_DICTIONARY : OK,
                        status.ordinal());
                if (!raw && theirs.getTotalIn() >= 2) {
                    assertEquals(theirs.getAdler(), ours.adler());
                }
                result = Arrays.copyOf(result, Math.max(result.length, 2 * (made + count)));
                System.arraycopy(ourOutput, 2, result, made, count);
                made += count;
                next += ours.consumed();
                idle = count == 0 && ours.consumed() == 0 ? idle + 1 : 0;
            }
        }
        return Arrays.copyOf(result, made);
    }

    @Test
    void inflatesInPiecesAsTheJdkDoes() throws DataFormatException {
        Random random = new Random(1);
        for (int run = 0; run < 100; run++) {
            int piece = 2 + random.nextInt(1 << random.nextInt(18));
            int length = random.nextInt(Math.min(100_000, 500 * piece));
            byte[] plain = ZipInputs.create(random, run % ZipInputs.KINDS, length);
            boolean raw = random.nextBoolean();
            byte[] compressed = deflate(plain, random.nextInt(11) - 1, random.nextInt(3), raw);
            byte[] withTail = Arrays.copyOf(compressed, compressed.length + random.nextInt(30));
            assertArrayEquals(plain, inflateBoth(random, withTail, raw, piece));
        }
    }

    @Test
    void refusesWhatTheJdkRefuses() {
        Random random = new Random(2);
        int refused = 0;
        for (int run = 0; run < 3000; run++) {
            byte[] plain = ZipInputs.create(random, run % ZipInputs.KINDS, random.nextInt(3000));
            boolean raw = random.nextBoolean();
            byte[] compressed = deflate(plain, random.nextInt(11) - 1, random.nextInt(3), raw);
            for (int i = 0; i < 3; i++) {
                compressed[random.nextInt(compressed.length)] ^= 1 << random.nextInt(8);
            }
            try {
                inflateBoth(random, compressed, raw, 2 + random.nextInt(5000));
            } catch (DataFormatException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    @Test
    void refusesNoiseAsTheJdkDoes() {
        Random random = new Random(3);
        for (int run = 0; run < 5000; run++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            try {
                inflateBoth(random, noise, true, 2 + random.nextInt(300));
            } catch (DataFormatException e) {
                // as it should
            }
        }
    }

    @Test
    void asksForTheDictionaryOfAWrappedStream() {
        byte[] dictionary = "cortado espresso ristretto".getBytes(StandardCharsets.US_ASCII);
        byte[] plain = "espresso ristretto cortado".getBytes(StandardCharsets.US_ASCII);
        byte[] compressed = new byte[100];
        int length;
        try (Deflater deflater = new Deflater()) {
            deflater.setDictionary(dictionary);
            deflater.setInput(plain);
            deflater.finish();
            length = deflater.deflate(compressed);
        }
        InflateStream stream = new InflateStream(false);
        byte[] out = new byte[100];
        assertEquals(Status.NEEDS_DICTIONARY, stream.inflate(compressed, 0, length, out, 0, 100));
        int used = stream.consumed();
        assertEquals(6, used);
        assertThrows(
                IllegalArgumentException.class, () -> stream.setDictionary(plain, 0, plain.length));
        stream.setDictionary(dictionary, 0, dictionary.length);
        assertEquals(Status.END, stream.inflate(compressed, used, length - used, out, 0, 100));
        assertArrayEquals(plain, Arrays.copyOf(out, stream.produced()));
        assertNull(stream.message());
    }

    @Test
    void startsOverAfterReset() {
        Random random = new Random(4);
        InflateStream stream = new InflateStream(false);
        for (int run = 0; run < 20; run++) {
            byte[] plain = ZipInputs.create(random, run % ZipInputs.KINDS, 1000);
            byte[] compressed = deflate(plain, 6, 0, false);
            byte[] out = new byte[1000];
            stream.inflate(compressed, 0, compressed.length / 2, out, 0, 1000);
            stream.reset();
            assertEquals(
                    Status.END, stream.inflate(compressed, 0, compressed.length, out, 0, 1000));
            assertArrayEquals(plain, out);
            stream.reset();
        }
    }
}
