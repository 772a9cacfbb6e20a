package dev.cortado.image.compile.patch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of one source file in a JVM of its own, as the compiler's would be. */
final class JavaProgram {
    static final Path HOME = Path.of(System.getProperty("java.home"));

    private final Path directory;
    private final Path source;

    JavaProgram(Path directory, String source) throws IOException {
        this.directory = directory;
        this.source = Files.writeString(directory.resolve("Program.java"), source);
    }

    /** What the program prints. */
    List<String> run(List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/java").toString()));
        command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI"));
        command.addAll(List.of("-XX:-UseJVMCICompiler", "--add-modules", Patch.JVMCI));
        for (String packageName : List.of("meta", "runtime")) {
            String exported = Patch.JVMCI + "/jdk.vm.ci." + packageName + "=ALL-UNNAMED";
            command.addAll(List.of("--add-exports", exported));
        }
        command.addAll(options);
        command.add(source.toString());
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(errors));
        }
        return lines;
    }
}
