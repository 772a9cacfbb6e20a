package dev.cortado.runtime.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The layout that {@code Inflater} and {@code Deflater} of the JDK unpack. */
class ZlibResultTest {
    private static final int INPUT_MASK = 0x7fff_ffff;
    private final byte[] plain = new byte[1000];
    private final byte[] out = new byte[100];

    private static int input(long result) {
        return (int) result & INPUT_MASK;
    }

    private static int output(long result) {
        return (int) (result >>> 31) & INPUT_MASK;
    }

    private long deflate(DeflateStream stream, int length, int room, int flush, int parameters) {
        return ZlibResult.deflate(stream, plain, 0, length, out, 0, room, flush, parameters);
    }

    @Test
    void aFinishedStreamSetsBit62() {
        DeflateStream stream = new DeflateStream(6, 0, false);
        long result = deflate(stream, 1000, 100, DeflateStream.FINISH, 0);
        assertEquals(1000, input(result));
        assertEquals(stream.produced(), output(result));
        assertEquals(1, result >>> 62);

        InflateStream back = new InflateStream(false);
        byte[] room = new byte[1000];
        long inflated =
                ZlibResult.of(back, back.inflate(out, 0, output(result), room, 0, room.length));
        assertEquals(output(result), input(inflated));
        assertEquals(1000, output(inflated));
        assertEquals(1, inflated >>> 62);
    }

    @Test
    void aDictionaryThatIsMissingSetsBit63() {
        DeflateStream stream = new DeflateStream(6, 0, false);
        stream.setDictionary(plain, 0, 10);
        long result = deflate(stream, 1000, 100, DeflateStream.FINISH, 0);
        InflateStream back = new InflateStream(false);
        long inflated =
                ZlibResult.of(back, back.inflate(out, 0, output(result), new byte[9], 0, 9));
        assertEquals(6, input(inflated));
        assertEquals(2, inflated >>> 62);
    }

    @Test
    void parametersThatCouldNotBeSetSetBit63() {
        DeflateStream stream = new DeflateStream(6, 0, false);
        assertEquals(2, output(deflate(stream, 1000, 2, DeflateStream.NO_FLUSH, 0)));
        int level1 = 1 << 3 | 1;
        assertEquals(2, deflate(stream, 0, 0, 0, level1) >>> 62);
        long result = deflate(stream, 0, 100, 0, level1);
        assertEquals(0, result >>> 62);
    }

    @Test
    void nothingToDoIsNothingDone() {
        DeflateStream stream = new DeflateStream(6, 0, true);
        assertEquals(0, deflate(stream, 10, 0, DeflateStream.FINISH, 0));
    }

    @Test
    void goingOnAfterTheEndIsAnError() {
        DeflateStream stream = new DeflateStream(6, 0, true);
        deflate(stream, 10, 100, DeflateStream.FINISH, 0);
        assertThrows(
                InternalError.class, () -> deflate(stream, 10, 100, DeflateStream.NO_FLUSH, 0));
    }
}
