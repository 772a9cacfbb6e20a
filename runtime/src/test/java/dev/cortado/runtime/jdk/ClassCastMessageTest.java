package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassCastMessageTest {
    private void check(Runnable cast, Class<?> actual, Class<?> wanted) {
        String expected = assertThrows(ClassCastException.class, cast::run).getMessage();
        assertEquals(expected, ClassCastMessage.of(actual, wanted));
    }

    /** These tests run on HotSpot. */
    @Test
    @SuppressWarnings("unused")
    void saysWhatHotSpotSays() {
        Object text = "text";
        Object mine = this;
        Object numbers = new int[1];
        Object tests = new ClassCastMessageTest[1];
        check(() -> ((Integer) text).intValue(), String.class, Integer.class);
        check(() -> ((Map<?, ?>) text).size(), String.class, Map.class);
        check(() -> ((String) mine).length(), ClassCastMessageTest.class, String.class);
        check(
                () -> ((ClassCastMessageTest) text).hashCode(),
                String.class,
                ClassCastMessageTest.class);
        check(() -> ((String) numbers).length(), int[].class, String.class);
        check(() -> ((Other) mine).run(), ClassCastMessageTest.class, Other.class);
        check(() -> ((Object[][]) tests).clone(), ClassCastMessageTest[].class, Object[][].class);
    }

    private interface Other extends Runnable {}
}
