package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableIterationTest {
    private static final String PROGRAM =
            """
            import java.util.Set;
            import java.util.stream.IntStream;

            class Program {
                public static void main(String[] arguments) {
                    Object[] numbers = IntStream.range(0, 100).boxed().toArray();
                    System.out.println(Set.of(numbers));
                }
            }
            """;

    private static final String MODULES =
            """
            import java.lang.module.ModuleFinder;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.jar.*;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    System.out.println(hashCodeIn("first") == hashCodeIn("second"));
                }

                static int hashCodeIn(String name) throws Exception {
                    Path directory = Files.createTempDirectory(name);
                    Path jar = directory.resolve("some.jar");
                    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
                    int code = ModuleFinder.of(jar).find("some").get().hashCode();
                    Files.delete(jar);
                    Files.delete(directory);
                    return code;
                }
            }
            """;

    @TempDir Path directory;

    @Test
    void setsHaveTheSameOrderInEachRun() throws Exception {
        JavaProgram program = new JavaProgram(directory, PROGRAM);
        Path base = directory.resolve("base");
        StableIteration.writeTo(base, JavaProgram.HOME);
        List<String> options = List.of("--patch-module", "java.base=" + base);
        List<String> first = program.run(options);
        assertEquals(first, program.run(options));
        assertNotEquals(first, program.run(List.of()), "without the change it is chance");
    }

    @Test
    void modulesHaveTheSameHashCodeWhereverTheyAre() throws Exception {
        Path base = directory.resolve("base");
        StableIteration.writeTo(base, JavaProgram.HOME);
        List<String> options = List.of("--patch-module", "java.base=" + base);
        JavaProgram program = new JavaProgram(directory, MODULES);
        assertEquals(List.of("true"), program.run(options));
        assertEquals(List.of("false"), program.run(List.of()), "without the change");
    }
}
