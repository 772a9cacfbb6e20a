package dev.cortado.benchmarks;

import dev.cortado.system.xen.lab.CpioArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What others would boot instead: a kernel of Debian's and, as its whole user land, a program of
 * Debian's, or a JDK 25 that jlink has cut down to what a Java program needs, with a class data
 * archive and the serial collector. The initramfs is not compressed, because it starts sooner that
 * way.
 *
 * @param kernelPackage Debian's kernel package, unpacked
 * @param busyboxPackage Debian's busybox-static, unpacked: mounts /proc and starts the program
 * @param machine that the guests are on, which the kernel has to have drivers for
 */
record LinuxPeer(Path kernelPackage, Path busyboxPackage, Machine machine) {
    private static final String DEFAULT_MEGAHERTZ = "2500";

    private static final List<String> DIRECTORIES =
            List.of("bin", "data", "dev", "etc", "proc", "tmp", "lib", "lib64", "app");

    /** The second line: what no machine has, or need not be asked for. */
    private static final String OPTIONS =
            "console=ttyS0 quiet panic=-1 reboot=t rootfstype=ramfs no_timer_check tsc=reliable"
                    + " i8042.noaux i8042.nokbd mitigations=off";

    /** A program that needs java.base only, compiled by C1, which is ready sooner. */
    Guest guest(Path classes, String mainClass) throws IOException, InterruptedException {
        return guest(
                LinuxProgram.java(
                        mainClass,
                        List.of(classes),
                        "java.base",
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        List.of(),
                        LinuxDevices.NONE));
    }

    Guest guest(LinuxProgram program) throws IOException, InterruptedException {
        Path work = Files.createDirectories(kernelPackage.resolveSibling("linux"));
        Path initialRamDisk = work.resolve(program.name() + ".cpio");
        try (CpioArchive archive = new CpioArchive(initialRamDisk)) {
            Set<String> directories = new TreeSet<>(DIRECTORIES);
            directories.addAll(program.directories());
            for (String directory : directories) {
                archive.directory(directory);
            }
            archive.executable("init", program.init());
            archive.executable(
                    "bin/busybox", Files.readAllBytes(busyboxPackage.resolve("bin/busybox")));
            archive.link("bin/sh", "busybox");
            List<Path> linked = new ArrayList<>(program.executables());
            for (Path executable : program.executables()) {
                archive.executable(
                        "bin/" + executable.getFileName(), Files.readAllBytes(executable));
            }
            if (program.isJava()) {
                Path runtime = runtime(work, program.javaModules());
                archive.tree("java", runtime);
                List.of("bin/java", "lib/server/libjvm.so", "lib/libnet.so")
                        .forEach(file -> linked.add(runtime.resolve(file)));
            }
            for (Path library : libraries(linked)) {
                archive.executable(
                        (library.toString().contains("/ld-linux") ? "lib64/" : "lib/")
                                + library.getFileName(),
                        Files.readAllBytes(library));
            }
            for (Map.Entry<String, Path> file : program.files().entrySet()) {
                if (Files.isDirectory(file.getValue())) {
                    archive.tree(file.getKey(), file.getValue());
                } else {
                    archive.executable(file.getKey(), Files.readAllBytes(file.getValue()));
                }
            }
            for (Map.Entry<String, String> text : program.texts().entrySet()) {
                archive.executable(text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (String module : program.devices().modules()) {
                archive.executable("lib/" + module + ".ko", kernelModule(module));
            }
        }
        String name = program.isJava() ? "Linux and a JDK" : "Linux and " + program.name();
        return new Guest(name, machine, kernel(), initialRamDisk, commandLine());
    }

    private byte[] kernelModule(String name) throws IOException {
        try (var files = Files.walk(kernelPackage.resolve("lib/modules"))) {
            Path file =
                    files.filter(each -> each.getFileName().toString().equals(name + ".ko"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("the kernel has no " + name));
            return Files.readAllBytes(file);
        }
    }

    /** Without tsc_early_khz Linux measures the clock against a timer, and hangs in some boots. */
    private String commandLine() throws IOException {
        String megahertz =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("cpu MHz"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(DEFAULT_MEGAHERTZ);
        long kilohertz = Math.round(Double.parseDouble(megahertz) * 1_000);
        return OPTIONS + machine.linuxOptions() + " tsc_early_khz=" + kilohertz;
    }

    private Path kernel() throws IOException {
        try (var files = Files.list(kernelPackage.resolve("boot"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vmlinuz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path runtime(Path work, String modules)
            throws IOException, InterruptedException {
        Path runtime = work.resolve("java-" + modules.replace(',', '+'));
        if (!Files.exists(runtime)) {
            Commands.lines(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                            "--add-modules",
                            modules,
                            "--strip-java-debug-attributes",
                            "--no-header-files",
                            "--no-man-pages",
                            "--generate-cds-archive",
                            "--output",
                            runtime.toString()));
            // For heaps beyond 32 GB only.
            Files.deleteIfExists(runtime.resolve("lib/server/classes_nocoops.jsa"));
        }
        return runtime;
    }

    /** The libraries that programs and libraries are linked with, as ldd finds them here. */
    private static Set<Path> libraries(List<Path> linked) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        linked.forEach(file -> command.add(file.toString()));
        String listing = String.join("\n", Commands.lines(command));
        Set<Path> libraries = new TreeSet<>();
        Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x")
                .matcher(listing)
                .results()
                .map((MatchResult match) -> Path.of(match.group(1)))
                .filter(library -> linked.stream().noneMatch(file -> isBeside(library, file)))
                .forEach(libraries::add);
        return libraries;
    }

    /** Whether a library of the JDK's is found there anyway. */
    private static boolean isBeside(Path library, Path file) {
        return library.startsWith(file.getParent());
    }
}
