package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest extends PatchedJvm {
    /** Its class loader is another than that of a class path, as that of an image's classes is. */
    private static final String LOADING =
            """
            class Program {
                public static void main(String[] arguments) {
                    load(() -> System.loadLibrary("net"));
                    load(() -> System.load("/lib/some.so"));
                    new java.net.Socket();
                    System.out.println("the JDK's own");
                }

                static void load(Runnable call) {
                    try {
                        call.run();
                        System.out.println("loaded");
                    } catch (UnsatisfiedLinkError e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    @Test
    void aProgramFindsNoneWhileItIsCompiled() throws Exception {
        List<String> refused =
                List.of(
                        "no native libraries in an image: net",
                        "no native libraries in an image: /lib/some.so",
                        "the JDK's own");
        assertEquals(refused, patched(LOADING));
        assertNotEquals(refused, stock(LOADING));
    }
}
