package dev.cortado.image.run;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.NameUuid;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.libvirt.DomainMachine;
import dev.cortado.image.format.libvirt.DomainXml;
import dev.cortado.image.format.xml.XmlText;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.network.GuestNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs an image as a domain of this machine's libvirt, in its QEMU. The domain is gone afterwards,
 * also after Ctrl-C.
 */
public final class LibvirtRunner implements Hypervisor {
    private static final long LAST_WORDS_MILLIS = 3000;

    private final Map<String, String> environment;
    private final StandardStreams streams;

    /** A runner for the terminal that this process was started from. */
    public LibvirtRunner() {
        this(System.getenv(), StandardStreams.ofThisProcess());
    }

    /**
     * @param environment with PATH, to look for virsh
     */
    LibvirtRunner(Map<String, String> environment, StandardStreams streams) {
        this.environment = environment;
        this.streams = streams;
    }

    @Override
    public int run(RunRequest request) {
        ImageFile image = check(request);
        GuestNetwork network = GuestNetwork.of(request.network(), image, request.cpus());
        String path = environment.getOrDefault("PATH", "");
        try (LibvirtFiles files = LibvirtFiles.create()) {
            Virsh virsh = Virsh.require(path, request.connection());
            VirtualHardware hardware = hardware(request, image);
            DomainMachine machine = machine(request, image, hardware, network.exists(), files);
            DomainXml.write(started(request, image, files), machine, files.description());
            try (PortSocket console = PortSocket.listen(files.console());
                    PortSocket status = PortSocket.listen(files.status());
                    LibvirtDomain domain =
                            new LibvirtDomain(virsh, hardware.name(), files.description())) {
                domain.start();
                return run(request, domain, console, status);
            }
        } catch (IOException e) {
            throw new UserError("cannot run %s: %s".formatted(request.image(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while %s ran".formatted(request.image()), e);
        }
    }

    private static ImageFile check(RunRequest request) {
        if (request.cpus() < 1) {
            throw new UserError("--cpus must be at least 1");
        }
        if (request.machine().equals(Optional.of(MachineType.MICROVM))) {
            throw new UserError("--machine microvm is none of libvirt's: take q35 or pc");
        }
        if (request.gdb().isPresent()) {
            throw new UserError("--gdb is for QEMU: leave it out with --on libvirt");
        }
        if (request.network().needsQemu()) {
            throw new UserError(
                    "--net, --forward, --mac, --capture and --address are for QEMU: with --on"
                            + " libvirt, a guest's card is in QEMU's own network, or there is none"
                            + " with --net none");
        }
        if (!request.shares().isEmpty()) {
            throw new UserError("--share is for QEMU: leave it out with --on libvirt");
        }
        ImageFile image = ImageFile.read(request.image());
        HypervisorName.LIBVIRT.requireRuns(image);
        QemuRunner.requireBootable(request, image);
        request.memory().requireFor(image);
        request.disks().prepare(image);
        return image;
    }

    /** With a name that no other domain has. */
    private static VirtualHardware hardware(RunRequest request, ImageFile image) {
        String file = request.image().getFileName().toString();
        VirtualHardware usual =
                VirtualHardware.of(
                        image,
                        "cortado-%d-%s".formatted(ProcessHandle.current().pid(), file),
                        true);
        return new VirtualHardware(
                usual.name(),
                NameUuid.of("run", usual.name()),
                request.memory().mebibytes(),
                usual.disk(),
                usual.card(),
                false);
    }

    private DomainMachine machine(
            RunRequest request,
            ImageFile image,
            VirtualHardware hardware,
            boolean hasNetwork,
            LibvirtFiles files) {
        String line = image.format() == ImageFormat.DISK ? "" : commandLine(request);
        return new DomainMachine(
                hardware,
                request.accelerator().orElseGet(this::accelerator) == Accelerator.TCG,
                request.cpus(),
                Optional.of(request.machine().orElse(usualMachine(hardware)).argument()),
                request.firmware()
                        .filter(FirmwareName.UEFI::equals)
                        .map(name -> UefiFirmware.find())
                        .map(uefi -> new DomainMachine.Firmware(uefi.code(), uefi.variables())),
                line,
                hasNetwork,
                request.disks().disks(),
                Optional.of(new DomainMachine.Ports(files.console(), files.status())));
    }

    /** libvirt has no IDE on a q35. */
    private static MachineType usualMachine(VirtualHardware hardware) {
        boolean isIde = hardware.disk() == VirtualHardware.DiskController.IDE;
        return isIde ? MachineType.PC : MachineType.Q35;
    }

    private static String commandLine(RunRequest request) {
        String line = CommandLine.of(request);
        if (!XmlText.isPossible(line)) {
            throw new UserError(
                    "an argument or a variable has a control character in it, for which libvirt's XML has no"
                            + " place");
        }
        return CommandLine.require(line, KernelWords.LINE_CAPACITY - 1);
    }

    private Accelerator accelerator() {
        return Programs.find(environment.getOrDefault("PATH", ""), Qemu.NAME)
                .map(program ->
                        new KvmProbe(new Qemu(program), KvmProbe.defaultCache(environment))
                                .choose())
                .orElse(Accelerator.KVM);
    }

    /** The image, or the copy of a disk with what the program is told. */
    private static ImageFile started(RunRequest request, ImageFile image, LibvirtFiles files)
            throws IOException {
        if (image.format() != ImageFormat.DISK) {
            return image;
        }
        Path disk = files.disk();
        DiskCopy.write(request, image, List.of(), disk);
        return ImageFile.read(disk);
    }

    private int run(RunRequest request, LibvirtDomain domain, PortSocket console, PortSocket status)
            throws IOException, InterruptedException {
        try (SocketChannel terminal = console.accept();
                SocketChannel port = status.accept()) {
            StatusStream told = new StatusStream(Channels.newInputStream(port)).start();
            Thread shown = Thread.ofVirtual().name("console-output").start(() -> show(terminal));
            Thread typed =
                    new GuestInput(
                                    streams.input(),
                                    Channels.newOutputStream(terminal),
                                    told::isReady)
                            .start();
            try (EndSignals signals = new EndSignals(() -> ask(domain, told), domain::destroy)) {
                if (!told.await(request.timeout())) {
                    domain.destroy();
                    streams.sayTimeOut(request.timeout().orElseThrow());
                    return TIMED_OUT;
                }
                shown.join(LAST_WORDS_MILLIS);
                if (signals.haveKilled()) {
                    return signals.exitCode();
                }
                int code =
                        told.status()
                                .report(streams.errors(), () -> "libvirt says: " + domain.end());
                return signals.exitCode(code);
            } finally {
                typed.interrupt();
            }
        }
    }

    private static EndSignals.Answer ask(LibvirtDomain domain, StatusStream told) {
        return told.isReady() ? domain.ask() : EndSignals.Answer.NOT_YET;
    }

    private void show(SocketChannel terminal) {
        try (InputStream guest = Channels.newInputStream(terminal)) {
            GuestOutput.copy(guest, streams.output(), () -> {});
        } catch (IOException e) {
            // The domain is gone, and its console with it.
            return;
        }
    }
}
