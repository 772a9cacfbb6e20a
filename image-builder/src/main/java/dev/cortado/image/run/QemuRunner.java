package dev.cortado.image.run;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.network.GuestNetwork;
import dev.cortado.image.network.PortForward;
import dev.cortado.image.share.Virtiofsd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs an image in QEMU. The guest's console is this process's standard input and output, and its
 * exit code is the result. QEMU does not get a terminal as its input: it would switch echo and line
 * editing off, and leave it so if it were killed.
 */
public final class QemuRunner implements Hypervisor {
    /** Puts a program into a session of its own. */
    private static final String NEW_SESSION = "setsid";

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<String, String> environment;
    private final StandardStreams streams;

    /** A runner for the terminal that this process was started from. */
    public QemuRunner() {
        this(System.getenv(), StandardStreams.ofThisProcess());
    }

    /**
     * @param environment with PATH, to look for QEMU
     */
    QemuRunner(Map<String, String> environment, StandardStreams streams) {
        this.environment = environment;
        this.streams = streams;
    }

    @Override
    public int run(RunRequest request) {
        ImageFile image = check(request);
        request.gdb().ifPresent(Gdb::requirePort);
        Qemu qemu = Qemu.find(environment.getOrDefault("PATH", ""));
        GuestNetwork network = GuestNetwork.of(request.network(), image, request.cpus());
        tellPorts(request.network().forwards(), network.forwards());
        try (RunFiles files = RunFiles.create();
                Virtiofsd servers = startServers(environment, request, files)) {
            return run(request, image, network, qemu, files);
        } catch (IOException e) {
            throw new UserError("cannot run %s: %s".formatted(qemu.executable(), e), e);
        }
    }

    /** Which ports were chosen, where the choice was left open. */
    private void tellPorts(List<PortForward> wanted, List<PortForward> chosen) {
        for (int i = 0; i < chosen.size(); i++) {
            if (wanted.get(i).hostPort() == 0) {
                streams.errors().println("cortado: " + chosen.get(i));
            }
        }
    }

    private int run(
            RunRequest request, ImageFile image, GuestNetwork network, Qemu qemu, RunFiles files)
            throws IOException {
        if (request.accelerator().isPresent()) {
            return run(request, image, network, qemu, request.accelerator().get(), files);
        }
        KvmProbe probe = new KvmProbe(qemu, KvmProbe.defaultCache(environment));
        int exitCode = run(request, image, network, qemu, probe.choose(), files);
        if (exitCode == DIED || exitCode == TIMED_OUT) {
            probe.forget(); // it may not be the guest's fault
        }
        return exitCode;
    }

    static ImageFile check(RunRequest request) {
        if (request.cpus() < 1) {
            throw new UserError("--cpus must be at least 1");
        }
        // Reading it finds a damaged image here, with a word about it, and not in the guest.
        ImageFile image = ImageFile.read(request.image());
        HypervisorName.QEMU.requireRuns(image);
        HypervisorName.QEMU.requireNoConnection(request);
        requireBootable(request, image);
        request.memory().requireFor(image);
        if (image.format() == ImageFormat.BZIMAGE && request.firmware().isPresent()) {
            request.memory().requireForUefi(image);
        }
        request.disks().prepare(image);
        request.shares().prepare(image);
        return image;
    }

    static void requireBootable(RunRequest request, ImageFile image) {
        boolean isDisk = image.format() == ImageFormat.DISK;
        boolean fits =
                isDisk
                        || image.format() == ImageFormat.BZIMAGE
                                && request.firmware().equals(Optional.of(FirmwareName.UEFI));
        if (request.firmware().isPresent() && !fits) {
            throw new UserError(
                    ("--firmware is for disks, and uefi for a bzimage too: %s is neither; build"
                                    + " one with --target bare")
                            .formatted(image.file()));
        }
        if ((isDisk || request.firmware().isPresent())
                && request.machine().equals(Optional.of(MachineType.MICROVM))) {
            throw new UserError(
                    "--machine microvm has no firmware that boots %s: take q35 or pc"
                            .formatted(image.file()));
        }
    }

    private int run(
            RunRequest request,
            ImageFile image,
            GuestNetwork network,
            Qemu qemu,
            Accelerator accelerator,
            RunFiles files)
            throws IOException {
        if (request.gdb().isPresent()) {
            String command = Gdb.command(request.image(), request.gdb().getAsInt());
            streams.errors().println("cortado: waiting for gdb: " + command);
        }
        boolean isCopied = QemuConsole.isDrivenBy(image);
        ProcessBuilder builder =
                new ProcessBuilder(
                                inOwnSession(
                                        environment,
                                        qemu.command(
                                                request, image, network, accelerator, files, true)))
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectOutput(
                                isCopied
                                        ? ProcessBuilder.Redirect.PIPE
                                        : ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.PIPE);
        AtomicReference<Process> started = new AtomicReference<>();
        // Before there is a process: a signal in between would end this one, and leave the guest.
        try (EndSignals signals =
                new EndSignals(
                        () -> started.get() == null ? EndSignals.Answer.NOT_YET : ask(files),
                        () -> kill(started.get()))) {
            Process process = builder.start();
            started.set(process);
            if (signals.haveKilled()) {
                kill(process);
            }
            return follow(request, files, process, signals);
        }
    }

    /** Null before it was started. */
    private static void kill(Process process) {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private int follow(RunRequest request, RunFiles files, Process process, EndSignals signals)
            throws IOException {
        ExitHook killer =
                new ExitHook(
                        "qemu-killer",
                        () -> {
                            end(process);
                            files.close();
                        });
        QemuMessages messages = new QemuMessages(process.getErrorStream());
        messages.start();
        Thread typed =
                new GuestInput(
                                streams.input(),
                                process.getOutputStream(),
                                () -> GuestStatus.isReady(files.status()))
                        .start();
        Thread shown = GuestOutput.show(process.getInputStream(), streams.output());
        try {
            boolean ended = waitFor(process, request);
            if (!ended) {
                end(process);
                shown.join(GRACE);
                streams.sayTimeOut(request.timeout().orElseThrow());
                return TIMED_OUT;
            }
            if (signals.haveKilled()) {
                shown.join(GRACE);
                return signals.exitCode();
            }
            shown.join(); // who reads late gets all of it
            GuestStatus status = GuestStatus.read(files.status());
            return signals.exitCode(result(request, process.exitValue(), status, messages));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            typed.interrupt();
            end(process);
            killer.close();
        }
    }

    private static EndSignals.Answer ask(RunFiles files) {
        if (files.control().isPossible() && !GuestStatus.isReady(files.status())) {
            return EndSignals.Answer.NOT_YET;
        }
        return files.control().press() ? EndSignals.Answer.ASKED : EndSignals.Answer.IMPOSSIBLE;
    }

    /** A folder is needed until the guest has ended. */
    static Virtiofsd startServers(
            Map<String, String> environment, RunRequest request, RunFiles files)
            throws IOException {
        return Virtiofsd.start(
                request.shares(), files.directory(), words -> inOwnSession(environment, words));
    }

    /** Ctrl-C is for this process, which tells the guest: QEMU would end at once. */
    static List<String> inOwnSession(Map<String, String> environment, List<String> command) {
        List<String> words = new ArrayList<>();
        Programs.find(environment.getOrDefault("PATH", ""), NEW_SESSION)
                .ifPresent(program -> words.add(program.toString()));
        words.addAll(command);
        return words;
    }

    private int result(RunRequest request, int exitCode, GuestStatus status, QemuMessages messages)
            throws InterruptedException {
        return status.report(
                streams.errors(),
                () -> {
                    String message = messages.text();
                    if (exitCode == 1 && !message.isEmpty()) {
                        throw new UserError(
                                "QEMU cannot run %s: %s".formatted(request.image(), message));
                    }
                    return "QEMU's exit code is %d%s"
                            .formatted(exitCode, message.isEmpty() ? "" : "; " + message);
                });
    }

    private static boolean waitFor(Process process, RunRequest request)
            throws InterruptedException {
        if (request.timeout().isEmpty()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(request.timeout().get());
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
