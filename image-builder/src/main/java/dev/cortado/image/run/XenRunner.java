package dev.cortado.image.run;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.boot.layout.PvStartInfo;
import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.disk.XenDisks;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.xen.RunConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs an image as a domain of the Xen that this machine is dom0 of. The domain is gone afterwards,
 * also after Ctrl-C.
 */
public final class XenRunner implements Hypervisor {
    private final Dom0 host;
    private final StandardStreams streams;

    /** A runner for the terminal that this process was started from. */
    public XenRunner() {
        this(
                Dom0.current(System.getenv().getOrDefault("PATH", "")),
                StandardStreams.ofThisProcess());
    }

    XenRunner(Dom0 host, StandardStreams streams) {
        this.host = host;
        this.streams = streams;
    }

    @Override
    public int run(RunRequest request) {
        ImageFile image = check(request);
        Path directory = null;
        try {
            Xl xl = host.require(request.image());
            directory = Files.createTempDirectory("cortado-xen-");
            RunConfiguration configuration = configuration(request, image, directory);
            Path file = directory.resolve("domain.cfg");
            Files.writeString(file, configuration.render());
            try (XenDomain domain = new XenDomain(xl, configuration.name(), file)) {
                return run(request, domain);
            }
        } catch (IOException e) {
            throw new UserError("cannot run %s: %s".formatted(request.image(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while %s ran".formatted(request.image()), e);
        } finally {
            delete(directory);
        }
    }

    private static ImageFile check(RunRequest request) {
        if (request.cpus() < 1) {
            throw new UserError("--cpus must be at least 1");
        }
        if (request.machine().isPresent()
                || request.firmware().isPresent()
                || request.accelerator().isPresent()
                || request.gdb().isPresent()) {
            throw new UserError(
                    "--machine, --firmware, --accelerator and --gdb are for QEMU: leave them out"
                            + " with --on xen");
        }
        if (request.network().needsQemu()) {
            throw new UserError(
                    "--net, --forward, --mac, --capture and --address are for QEMU: for a network"
                            + " on Xen, write vif = [ \"bridge=xenbr0\" ] into the configuration beside"
                            + " the image, and start it with xl create -c");
        }
        if (!request.shares().isEmpty()) {
            throw new UserError("--share is for QEMU: leave it out with --on xen");
        }
        ImageFile image = ImageFile.read(request.image());
        HypervisorName.XEN.requireRuns(image);
        HypervisorName.XEN.requireNoConnection(request);
        request.memory().requireFor(image);
        request.disks().prepare(image);
        return image;
    }

    private static RunConfiguration configuration(
            RunRequest request, ImageFile image, Path directory) throws IOException {
        String name = request.image().getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        Path file = request.image().toAbsolutePath();
        String commandLine = CommandLine.of(request);
        Target target =
                image.manifest().targets().stream()
                        .flatMap(word -> Target.of(word).stream())
                        .filter(Target::isXen)
                        .findFirst()
                        .orElseThrow();
        CommandLine.require(
                commandLine,
                (target == Target.XEN_PV
                                ? PvStartInfo.COMMAND_LINE_SIZE
                                : KernelWords.LINE_CAPACITY)
                        - 1);
        if (image.format() == ImageFormat.DISK) {
            file = directory.resolve("disk.img");
            DiskCopy.write(request, image, List.of(), file);
        }
        return new RunConfiguration(
                "cortado-%d-%s".formatted(ProcessHandle.current().pid(), name),
                target,
                file,
                request.memory().mebibytes(),
                request.cpus(),
                XenDisks.specifications(request.disks(), target == Target.XEN_HVM ? 1 : 0),
                commandLine);
    }

    private int run(RunRequest request, XenDomain domain) throws IOException, InterruptedException {
        domain.create();
        XenConsole console = domain.console();
        Thread shown = console.show(streams.output());
        Thread typed = console.feed(streams.input());
        domain.unpause();
        try (EndSignals signals = new EndSignals(domain::ask, domain::destroy)) {
            if (!domain.await(request.timeout())) {
                streams.sayTimeOut(request.timeout().orElseThrow());
                return TIMED_OUT;
            }
            if (signals.haveKilled()) {
                return signals.exitCode();
            }
            int result = signals.exitCode(result(domain));
            domain.finish(console, shown);
            return result;
        } finally {
            typed.interrupt();
        }
    }

    private int result(XenDomain domain) throws IOException, InterruptedException {
        Optional<Integer> code = domain.exitCode();
        DomainEnd end = domain.end();
        if (end == DomainEnd.POWEROFF && code.isPresent()) {
            return code.get() & 0xFF;
        }
        streams.errors()
                .println(
                        "cortado: the guest "
                                + end.text()
                                + code.map(value -> " (exit code " + value + ")")
                                        .orElse(" without telling its exit code"));
        return end == DomainEnd.CRASH ? PANIC : DIED;
    }

    private static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try {
            for (String file : new String[] {"domain.cfg", "disk.img"}) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // What is left is in the directory for temporary files.
            return;
        }
    }
}
