package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableReferencesTest {
    private static final String PROGRAM =
            """
            import java.lang.invoke.MethodType;
            import java.lang.ref.WeakReference;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    WeakReference<Object> type = new WeakReference<>(type());
                    System.gc();
                    System.out.println(type.get() != null);
                }

                static MethodType type() {
                    return MethodType.methodType(Program.class, int[].class, long[].class);
                }
            }
            """;

    @TempDir Path directory;

    @Test
    void methodTypesAreNoGarbage() throws Exception {
        JavaProgram program = new JavaProgram(directory, PROGRAM);
        Path base = directory.resolve("base");
        StableReferences.writeTo(base, JavaProgram.HOME);
        List<String> options = List.of("--patch-module", "java.base=" + base);
        assertEquals(List.of("true"), program.run(options));
        assertEquals(List.of("false"), program.run(List.of()), "without the change they are");
    }
}
