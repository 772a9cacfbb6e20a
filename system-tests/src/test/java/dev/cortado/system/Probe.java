package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One probe of the test image, run with options of {@code cortado run}; see src/main. */
public final class Probe {
    /** What the image is built with. */
    private static final String[] OPTIONS = {
        "--env", "PROBE_BUILT=by \"the\" build, caf\u00e9", "--env", "PROBE_BOTH=by the build"
    };

    private static Path image;

    private final List<String> options = new ArrayList<>(List.of("run", "--timeout", "240"));
    private byte[] input = {};

    /** An image is compiled once, whichever test comes first. */
    static synchronized Path image() {
        if (image == null) {
            image = Cortado.build(Program.probes(), "first", OPTIONS);
        }
        return image;
    }

    /** The arguments with which {@link #image} is built. */
    public static List<String> buildCommand() {
        return Cortado.buildCommand(Program.probes(), Program.probes().imageFile("first"), OPTIONS);
    }

    static Result run(String... arguments) {
        return new Probe().start(arguments);
    }

    /** At most that long, where the usual four minutes are not enough. */
    Probe within(int seconds) {
        options.set(options.indexOf("--timeout") + 1, String.valueOf(seconds));
        return this;
    }

    Probe with(String... option) {
        options.addAll(List.of(option));
        return this;
    }

    Probe withInput(String text) {
        return withInput(text.getBytes(StandardCharsets.UTF_8));
    }

    Probe withInput(byte[] bytes) {
        input = bytes;
        return this;
    }

    Result start(String... arguments) {
        return new Result(Outcome.of(command(arguments), input));
    }

    /** The command that {@link #start} runs. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Cortado.launcher()));
        command.addAll(options);
        command.add(image().toString());
        command.add("--");
        command.addAll(List.of(arguments));
        return command;
    }

    /** On QEMU itself, without {@code cortado run} looking after it. */
    Outcome startBare(String memory, String... arguments) {
        List<String> command =
                List.of(
                        "qemu-system-x86_64",
                        "-machine=microvm",
                        "-accel=tcg",
                        "-cpu=max",
                        "-m=" + memory,
                        "-kernel=" + image(),
                        "-append=" + String.join(" ", arguments),
                        "-nodefaults",
                        "-no-reboot",
                        "-display=none",
                        "-serial=stdio",
                        "-device=isa-debug-exit,iobase=0xf4,iosize=0x04");
        return Outcome.of(
                command.stream().flatMap(word -> Stream.of(word.split("=", 2))).toList(), "");
    }

    /** What became of it. */
    record Result(Outcome outcome) {
        /** Exactly this exit code and console. */
        void is(int exitCode, String console) {
            assertEquals(console, outcome.console());
            assertEquals(exitCode, outcome.exitCode());
        }

        /** This exit code, and each of the texts somewhere on the console. */
        void contains(int exitCode, String... texts) {
            for (String text : texts) {
                assertTrue(
                        outcome.console().contains(text),
                        () -> "no \"" + text + "\" in:\n" + outcome.console());
            }
            assertEquals(exitCode, outcome.exitCode(), outcome.console());
        }
    }
}
