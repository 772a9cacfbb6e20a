package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as this build has assembled it: builds the guests that are measured. */
record Distribution(Path root) {
    /** The classes of this module, some of which are guests. */
    Path guests() {
        return root.resolve("benchmarks/target/classes");
    }

    /** Under target, by its name. */
    Path output(String name) {
        return root.resolve("benchmarks/target").resolve(name);
    }

    /** An image for QEMU of one of this module's guests, with fast code. */
    Path guest(Class<?> mainClass, String name, String... options)
            throws IOException, InterruptedException {
        return guest(mainClass, "qemu", output(name), options);
    }

    /** The same for any PC: the kernel of such a disk, which has drivers for more cards. */
    Path pcGuest(Class<?> mainClass, String name) throws IOException, InterruptedException {
        Path kernel = output(name + ".elf");
        convert(guest(mainClass, "bare", output(name + ".img")), "kernel", kernel);
        return kernel;
    }

    private Path guest(Class<?> mainClass, String target, Path image, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--optimize", "speed"));
        all.addAll(List.of(options));
        return build(guests(), mainClass.getName(), target, image, all.toArray(String[]::new));
    }

    /** An image, built as users do it but for those options. */
    Path build(Path classes, String mainClass, String target, Path image, String... options)
            throws IOException, InterruptedException {
        Files.createDirectories(image.getParent());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "build",
                                "--class-path",
                                classes.toString(),
                                "--main-class",
                                mainClass,
                                "--target",
                                target,
                                "--output",
                                image.toString()));
        arguments.addAll(List.of(options));
        lines(arguments.toArray(String[]::new));
        return image;
    }

    /** Makes a file of another format of an image that is a disk. */
    void convert(Path image, String format, Path file) throws IOException, InterruptedException {
        lines("convert", "--format", format, image.toString(), file.toString());
    }

    /** Runs a guest to its end. */
    List<String> run(Path image, int cpus) throws IOException, InterruptedException {
        return lines(
                "run",
                "--cpus",
                Integer.toString(cpus),
                "--memory",
                "256M",
                "--timeout",
                "600",
                image.toString());
    }

    private List<String> lines(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("image-builder/target/cortado/bin/cortado").toString());
        command.addAll(List.of(arguments));
        return Commands.lines(command);
    }
}
