package dev.cortado.boot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code that reads the firmware's texts, run here; java.lang.String knows better. */
class Utf16Test {
    private static final int SEED = 20261129;
    private static final int MOST_CHARACTERS = 40;
    private static final byte UNTOUCHED = (byte) 0xFF;

    private static MethodHandle convert;

    private final Arena arena = Arena.ofAuto();

    @BeforeAll
    static void assemble() throws Throwable {
        UefiCode uefi = new UefiCode();
        Utf16.append(uefi);
        // The registers that it takes are those of arguments 1, 2 and 4.
        convert =
                NativeCode.function(
                        uefi.link(),
                        FunctionDescriptor.ofVoid(
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG));
    }

    @Test
    void allTextsBecomeWhatJavaMakesOfThem() throws Throwable {
        Random random = new Random(SEED);
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(MOST_CHARACTERS); length > 0; length--) {
                int bits = random.nextInt(3) == 0 ? 7 : 16;
                // Every third of the others is half of a pair, or with luck both.
                char half = (char) (0xD800 + random.nextInt(0x800));
                char other = (char) (1 + random.nextInt((1 << bits) - 1));
                text.append(random.nextInt(3) == 0 ? half : other);
            }
            assertConverted(text.toString(), text.toString());
        }
        assertConverted("caf\u00E9 \uFFFF \uD83D\uDE00", "caf\u00E9 \uFFFF \uD83D\uDE00");
    }

    @Test
    void aZeroEndsTheText() throws Throwable {
        assertConverted("hello", "hello\0world");
        assertConverted("", "\0");
    }

    private void assertConverted(String expected, String text) throws Throwable {
        MemorySegment to = arena.allocate(MOST_CHARACTERS * 3 + 2);
        to.fill(UNTOUCHED);
        MemorySegment from = arena.allocate(text.length() * 2L + 1, Short.BYTES);
        from.copyFrom(MemorySegment.ofArray(text.toCharArray()));
        convert.invokeExact(to, from, 0L, (long) text.length());
        assertEquals(
                new String(expected.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                to.getString(0));
        long end = expected.getBytes(StandardCharsets.UTF_8).length + 1;
        assertEquals(UNTOUCHED, to.get(ValueLayout.JAVA_BYTE, end));
    }
}
