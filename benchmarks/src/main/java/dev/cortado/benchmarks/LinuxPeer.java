package dev.cortado.benchmarks;

import dev.cortado.system.xen.lab.CpioArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a Java user would boot instead: Debian's kernel for virtual machines and, as its whole user
 * land, a JDK 25 that jlink has cut down to what the program needs, with a class data archive and
 * the serial collector. The initramfs is not compressed, because it starts sooner that way.
 *
 * @param kernelPackage Debian's kernel package, unpacked
 * @param busyboxPackage Debian's busybox-static, unpacked: mounts /proc and starts Java
 */
record LinuxPeer(Path kernelPackage, Path busyboxPackage) {
    private static final String DEFAULT_MEGAHERTZ = "2500";

    /** The second line: what a microvm does not have, or need not be asked for. */
    private static final String OPTIONS =
            "console=ttyS0 quiet panic=-1 reboot=t rootfstype=ramfs no_timer_check tsc=reliable"
                    + " i8042.noaux i8042.nokbd pci=off mitigations=off";

    /** A program that needs java.base only, compiled by C1, which is ready sooner. */
    Guest guest(Path classes, String mainClass) throws IOException, InterruptedException {
        return guest(
                new LinuxProgram(
                        mainClass,
                        List.of(classes),
                        "java.base",
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        List.of(),
                        List.of()));
    }

    Guest guest(LinuxProgram program) throws IOException, InterruptedException {
        Path work = Files.createDirectories(kernelPackage.resolveSibling("linux"));
        Path runtime = runtime(work, program.modules());
        Path initialRamDisk = work.resolve(program.mainClass() + ".cpio");
        try (CpioArchive archive = new CpioArchive(initialRamDisk)) {
            for (String directory : List.of("bin", "dev", "proc", "tmp", "lib", "lib64", "app")) {
                archive.directory(directory);
            }
            archive.executable("init", program.init().getBytes(StandardCharsets.UTF_8));
            archive.executable(
                    "bin/busybox", Files.readAllBytes(busyboxPackage.resolve("bin/busybox")));
            archive.link("bin/sh", "busybox");
            for (Path library : libraries(runtime)) {
                archive.executable(
                        (library.toString().contains("/ld-linux") ? "lib64/" : "lib/")
                                + library.getFileName(),
                        Files.readAllBytes(library));
            }
            archive.tree("java", runtime);
            for (int i = 0; i < program.classPath().size(); i++) {
                Path entry = program.classPath().get(i);
                if (Files.isDirectory(entry)) {
                    archive.tree(program.place(i), entry);
                } else {
                    archive.executable(program.place(i), Files.readAllBytes(entry));
                }
            }
            for (String module : program.kernelModules()) {
                archive.executable("lib/" + module + ".ko", kernelModule(module));
            }
        }
        return new Guest("Linux and a JDK", kernel(), initialRamDisk, commandLine());
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
    private static String commandLine() throws IOException {
        String megahertz =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("cpu MHz"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(DEFAULT_MEGAHERTZ);
        long kilohertz = Math.round(Double.parseDouble(megahertz) * 1_000);
        return OPTIONS + " tsc_early_khz=" + kilohertz;
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

    /** The C library's files that the JVM links with, as ldd finds them on this machine. */
    private static Set<Path> libraries(Path runtime) throws IOException, InterruptedException {
        String listing =
                String.join(
                        "\n",
                        Commands.lines(
                                List.of(
                                        "ldd",
                                        runtime.resolve("bin/java").toString(),
                                        runtime.resolve("lib/server/libjvm.so").toString(),
                                        runtime.resolve("lib/libnet.so").toString())));
        Set<Path> libraries = new TreeSet<>();
        Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x")
                .matcher(listing)
                .results()
                .map((MatchResult match) -> Path.of(match.group(1)))
                .filter(library -> !library.startsWith(runtime))
                .forEach(libraries::add);
        return libraries;
    }
}
