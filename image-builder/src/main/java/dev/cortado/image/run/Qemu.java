package dev.cortado.image.run;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.image.UserError;
import dev.cortado.image.disk.QemuDisks;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.network.GuestNetwork;
import dev.cortado.image.network.QemuNetwork;
import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.image.qemu.OptionValue;
import dev.cortado.image.share.QemuShares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The emulator.
 *
 * @param executable its command
 */
record Qemu(Path executable) {
    static final String NAME = "qemu-system-x86_64";

    /** Writes to this port end QEMU. */
    private static final String EXIT_DEVICE = "isa-debug-exit,iobase=0xf4,iosize=0x04";

    /**
     * Finds QEMU.
     *
     * @param path directories to search, as in the environment variable PATH
     * @throws UserError if it is not there
     */
    static Qemu find(String path) {
        return Programs.find(path, NAME)
                .or(() -> Programs.find(path, NAME + ".exe"))
                .map(Qemu::new)
                .orElseThrow(Qemu::missing);
    }

    private static UserError missing() {
        return new UserError(
                NAME
                        + " is not on PATH: install QEMU (Debian, Ubuntu: apt install"
                        + " qemu-system-x86; Fedora: dnf install qemu-system-x86; macOS: brew"
                        + " install qemu)");
    }

    /**
     * The command that runs an image, with its console on standard input and output.
     *
     * @param staysOpen whether its input does, as long as the guest runs
     */
    List<String> command(
            RunRequest request,
            ImageFile image,
            GuestNetwork network,
            Accelerator accelerator,
            RunFiles files,
            boolean staysOpen)
            throws IOException {
        boolean isDisk = image.format() == ImageFormat.DISK;
        boolean byFirmware = isDisk || request.firmware().isPresent();
        MachineType machine =
                request.machine().orElse(byFirmware ? MachineType.Q35 : MachineType.MICROVM);
        boolean mmio = machine == MachineType.MICROVM;
        int diskSlot = network.exists() ? 1 : 0;
        int shareSlot = diskSlot + request.disks().disks().size();
        int consoleSlot = shareSlot + request.shares().folders().size();
        boolean virtioConsole = QemuConsole.isVirtio(image, mmio, consoleSlot);
        boolean hasDevices = consoleSlot > 0 || virtioConsole;
        List<String> command = new ArrayList<>(common(accelerator));
        command.addAll(
                List.of(
                        "-machine",
                        machine.argument()
                                + (mmio && hasDevices ? MmioSlot.MACHINE : "")
                                + QemuShares.machine(request.shares()),
                        "-m",
                        request.memory().toString(),
                        "-smp",
                        Integer.toString(request.cpus()),
                        "-chardev",
                        "file,id=status,path=" + OptionValue.of(files.status()),
                        "-device",
                        "isa-debugcon,iobase=0xe9,chardev=status"));
        if (files.control().isPossible()) {
            command.addAll(
                    List.of(
                            "-chardev",
                            "socket,id=control,server=on,wait=off,path="
                                    + OptionValue.of(files.control().socket()),
                            "-mon",
                            "chardev=control,mode=control"));
        }
        command.addAll(QemuNetwork.options(network, mmio));
        command.addAll(QemuDisks.options(request.disks(), mmio, diskSlot));
        command.addAll(
                QemuShares.options(
                        request.shares(),
                        request.memory().toString(),
                        files.directory(),
                        mmio,
                        shareSlot));
        command.addAll(QemuConsole.options(virtioConsole, mmio, consoleSlot, staysOpen));
        List<String> words = new ArrayList<>(QemuNetwork.kernelWords(network, mmio));
        words.addAll(QemuDisks.kernelWords(request.disks(), mmio, diskSlot));
        words.addAll(QemuShares.kernelWords(request.shares(), mmio, shareSlot));
        words.addAll(QemuConsole.kernelWords(virtioConsole, mmio, consoleSlot));
        boolean byUefi = request.firmware().equals(Optional.of(FirmwareName.UEFI));
        if (byUefi) {
            command.addAll(UefiFirmware.find().options());
        }
        if (isDisk) {
            addDisk(command, request, image, words, files);
        } else {
            command.addAll(List.of("-kernel", request.image().toString()));
            addArguments(command, request, words, files);
        }
        request.gdb()
                .ifPresent(port -> command.addAll(List.of("-gdb", "tcp:127.0.0.1:" + port, "-S")));
        return command;
    }

    /** The disk is of a kind that each firmware knows. */
    private static void addDisk(
            List<String> command,
            RunRequest request,
            ImageFile image,
            List<String> words,
            RunFiles files)
            throws IOException {
        DiskCopy.write(request, image, words, files.disk());
        command.addAll(
                List.of(
                        "-drive",
                        "if=none,id=boot,format=raw,file=" + OptionValue.of(files.disk()),
                        "-device",
                        "ide-hd,drive=boot,bootindex=0"));
    }

    /** What is too long for the loaders goes as a module, which the kernel reads behind it. */
    private static void addArguments(
            List<String> command, RunRequest request, List<String> more, RunFiles files)
            throws IOException {
        String line = CommandLine.of(request, more);
        if (CommandLine.bytes(line) < KernelWords.LINE_CAPACITY) {
            command.addAll(List.of("-append", line));
            return;
        }
        if (request.firmware().isPresent()) {
            throw new UserError(
                    "the arguments and variables (--env) have %d bytes: UEFI takes %d to a bzimage"
                            .formatted(CommandLine.bytes(line), KernelWords.LINE_CAPACITY - 1));
        }
        files.writeArguments(
                CommandLine.require(CommandLine.ofModule(request), KernelWords.TOTAL_CAPACITY));
        command.addAll(
                List.of(
                        "-append",
                        CommandLine.beforeModule(request, more),
                        "-initrd",
                        files.arguments().toString()));
    }

    /** The command that runs a multiboot kernel without a console. */
    List<String> probeCommand(Path kernel, Accelerator accelerator) {
        List<String> command = new ArrayList<>(common(accelerator));
        command.addAll(List.of("-machine", "pc", "-m", "16M", "-kernel", kernel.toString()));
        return command;
    }

    private List<String> common(Accelerator accelerator) {
        return List.of(
                executable.toString(),
                "-nodefaults",
                "-no-user-config",
                "-no-reboot",
                "-display",
                "none",
                "-accel",
                accelerator.argument(),
                "-cpu",
                "max",
                "-device",
                EXIT_DEVICE);
    }
}
