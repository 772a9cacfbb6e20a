package dev.cortado.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The distribution that was built, used as people use it: through its launcher script. */
public final class Cortado {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("cortado.distribution"), "bin", "cortado");

    private Cortado() {}

    static String launcher() {
        return LAUNCHER.toString();
    }

    /** The words that start it with these arguments. */
    public static List<String> commandLine(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher());
        command.addAll(arguments);
        return command;
    }

    static Outcome command(String input, List<String> arguments) {
        return Outcome.of(commandLine(arguments), input);
    }

    public static Outcome command(String... arguments) {
        return command("", List.of(arguments));
    }

    /** Builds a program's image, or finds that it is up to date. */
    static Path build(Program program, String variant, String... options) {
        return build(program, program.imageFile(variant), options);
    }

    /** Builds a program's image, or several images that are called after this one. */
    public static Path build(Program program, Path image, String... options) {
        Outcome outcome = ImageBuilds.run(buildCommand(program, image, options));
        if (outcome.exitCode() != 0) {
            throw new AssertionError(program + " was not built:\n" + outcome.console());
        }
        return image;
    }

    /** The arguments with which {@link #build} builds. */
    public static List<String> buildCommand(Program program, Path image, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "build",
                                "--class-path",
                                program.classPath(),
                                "--main-class",
                                program.mainClass(),
                                "--output",
                                image.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** Boots an image with this much memory. */
    static Outcome run(Path image, String memory, String input, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--memory",
                                memory,
                                "--timeout",
                                "120",
                                image.toString(),
                                "--"));
        command.addAll(List.of(arguments));
        return command(input, command);
    }
}
