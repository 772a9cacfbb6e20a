package dev.cortado.system.guest.disk;

import dev.cortado.system.guest.files.FileCases;
import dev.cortado.system.guest.files.RandomCalls;
import dev.cortado.system.guest.files.TreeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The program inside the image with disks: what to do is the first argument, the directory in which
 * to do it the second, and what else it takes come behind. Only to write and to read is done in
 * several.
 */
public final class FileProbes {
    private static final int PART = 1 << 20;

    private FileProbes() {}

    /** Does what the first argument names. */
    public static void main(String[] arguments) throws Exception {
        String what = arguments.length >= 2 ? arguments[0] : "";
        Path directory = Path.of(arguments.length >= 2 ? arguments[1] : "/");
        switch (what) {
            case "write" -> {
                for (int i = 1; i < arguments.length; i++) {
                    new FileProgram(Path.of(arguments[i])).write();
                }
            }
            case "read" -> {
                for (int i = 1; i < arguments.length; i++) {
                    new FileProgram(Path.of(arguments[i])).read();
                }
            }
            case "fill" -> fill(directory);
            case "map" -> new MappedProgram(directory).large();
            case "press" -> new PressureProgram(directory).run();
            case "fill-mapped" -> new MappedProgram(directory).fill();
            case "refused" -> refused(directory);
            case "wait" -> waitForEnd(directory);
            case "force" -> new ForcedProgram(directory, Integer.parseInt(arguments[2])).run();
            case "deaths" -> new DeathsProgram(directory, Integer.parseInt(arguments[2])).run();
            case "random" ->
                    RandomCalls.run(
                            directory,
                            Long.parseLong(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]));
            case "tree" -> TreeText.print(directory);
            case "cases" ->
                    FileCases.run(
                            arguments[2],
                            directory,
                            Path.of(arguments[3]),
                            Integer.parseInt(arguments[4]));
            default -> {
                System.err.println(
                        "Name one of write, read, fill, map, press, fill-mapped, refused, wait, force,"
                                + " deaths, cases, random, tree");
                System.exit(64);
            }
        }
    }

    /** Until there is no room, twice: what was deleted can be used again. */
    private static void fill(Path directory) throws IOException {
        long[] sizes = new long[2];
        for (int i = 0; i < sizes.length; i++) {
            Path file = directory.resolve("large");
            try (var out = Files.newOutputStream(file)) {
                byte[] part = new byte[PART];
                while (true) {
                    out.write(part);
                }
            } catch (IOException e) {
                System.out.println("full: " + e.getMessage());
            }
            sizes[i] = Files.size(file);
            Files.delete(file);
        }
        long lost = sizes[0] - sizes[1];
        System.out.println("filled " + (sizes[0] >> 20) + " MiB, and lost " + (lost >> 20));
        Files.writeString(directory.resolve("after"), "there is room again");
    }

    /** Nothing can be changed. */
    private static void refused(Path directory) throws IOException {
        try {
            Files.writeString(directory.resolve("new"), "text");
            System.out.println("it was written");
        } catch (FileSystemException e) {
            System.out.println("refused: " + e.getMessage());
        }
        new FileProgram(directory).read();
    }

    /** Ends only when somebody outside ends it; what was written is kept all the same. */
    private static void waitForEnd(Path directory) throws Exception {
        Path file = directory.resolve("before-the-end");
        Files.writeString(file, "not forced");
        new MappedProgram(directory).change("mapped");
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            try {
                                Files.writeString(directory.resolve("by-a-hook"), "last words");
                            } catch (IOException e) {
                                System.out.println(e);
                            }
                        }));
        System.out.println("waiting");
        TimeUnit.HOURS.sleep(1);
    }
}
