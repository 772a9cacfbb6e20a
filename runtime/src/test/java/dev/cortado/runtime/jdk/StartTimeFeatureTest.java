package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Which fields of a class are start times, whatever the image builder has taken for one. */
class StartTimeFeatureTest {
    @SuppressWarnings("unused")
    static class Timer {
        static final long START = System.nanoTime();
        static Long boxed = 1L;
        static int small;
        long own;
    }

    /** A class that the test's loader does not find. */
    static class Missing {}

    @SuppressWarnings("unused")
    static class Incomplete {
        static final long START = System.nanoTime();
        static Missing missing;
    }

    /** Loads some classes itself, and finds the missing one nowhere. */
    private static final class Loader extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Missing.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return name.equals(Incomplete.class.getName())
                    ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void aStaticFieldOfTypeLong() {
        assertEquals("START", StartTimeFeature.find(Timer.class, "START").getName());
        assertNull(StartTimeFeature.find(Timer.class, "own"));
        assertNull(StartTimeFeature.find(Timer.class, "small"));
        assertNull(StartTimeFeature.find(Timer.class, "boxed"));
    }

    /** Another version of the class is on the class path before the one that was looked at. */
    @Test
    void noneThatTheClassDoesNotHave() {
        assertNull(StartTimeFeature.find(Timer.class, "END"));
    }

    @Test
    void noneOfAClassWhoseFieldsHaveMissingTypes() throws ClassNotFoundException {
        Class<?> type = new Loader().loadClass(Incomplete.class.getName());
        assertThrows(NoClassDefFoundError.class, () -> type.getDeclaredField("START"));
        assertNull(StartTimeFeature.find(type, "START"));
        assertNotNull(StartTimeFeature.find(Incomplete.class, "START"));
    }
}
