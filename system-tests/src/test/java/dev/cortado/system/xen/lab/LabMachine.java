package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine that Xen runs on: QEMU's command line. A snapshot can only be continued on the
 * machine that it was taken of, so there is just this one.
 */
final class LabMachine {
    /** "tcg" or "kvm". */
    static final String ACCELERATOR = System.getProperty("cortado.xen.accelerator", "tcg");

    /** The port of dom0's server for commands, see the script {@code serve}. */
    static final int SERVER_PORT = 7000;

    static final String DOM0_ADDRESS = "10.0.2.100";

    private static final int MEMORY = 2048;

    /** It is dom0's disk, too: the device model is on it, images and domains that were saved. */
    private static final int DOM0_MEMORY = 768;

    /**
     * On two of QEMU's CPUs, whoever moves from one to the other finds other SSE registers than it
     * left (dom0's programs as well as guests), so all VCPUs share one.
     */
    private static final int CPUS = Integer.getInteger("cortado.xen.cpus", 1);

    /**
     * Without SMAP, since in QEMU before 9.1 iretq faults under it in ring 3, as a PV dom0 uses it;
     * without MONITOR, since QEMU 7.2 refuses the MWAIT of Xen's idle loop.
     */
    private static final String TCG_CPU = "EPYC,+svm,-smap,-monitor";

    /**
     * Guests' FPUs are switched eagerly: where Xen waits for their first use, QEMU's SVM lets a PVH
     * or HVM guest go on with what somebody else has left in the registers.
     */
    private static final String XEN_OPTIONS =
            "console=com1 com1=115200,8n1 dom0_mem=%1$dM,max:%1$dM dom0_max_vcpus=1 dom0_vcpus_pin ucode=off "
                            .formatted(DOM0_MEMORY)
                    + "cpuidle=0 spec-ctrl=eager-fpu bootscrub=0 loglvl=info guest_loglvl=all";

    private static final String DOM0_OPTIONS = "console=hvc0 quiet loglevel=3 mitigations=off";

    private LabMachine() {}

    /** Boots from the beginning; what its memory holds stays in {@code memory}. */
    static List<String> boot(XenLab lab, Path directory, Path memory) {
        return command(lab.outputs(), directory, memory, true);
    }

    /** Waits for a snapshot's state; its memory is used, not changed. */
    static List<String> resume(XenLab lab, Path directory, Path memory) {
        List<String> command = command(lab.outputs(), directory, memory, false);
        command.addAll(List.of("-incoming", "defer"));
        return command;
    }

    /** Where Xen's own console goes, with what dom0 and the guests write to it. */
    static Path console(Path directory) {
        return directory.resolve("xen.log");
    }

    /** What a snapshot depends on. */
    static String description() {
        List<String> words = command(Path.of("lab"), Path.of("work"), Path.of("memory"), true);
        return words + Command.output(Path.of("."), "qemu-system-x86_64", "--version");
    }

    private static List<String> command(Path outputs, Path directory, Path memory, boolean share) {
        String processor = ACCELERATOR.equals("tcg") ? TCG_CPU : "host";
        String machine = "pc,memory-backend=ram";
        List<String> words = new ArrayList<>(List.of("qemu-system-x86_64"));
        words.addAll(List.of("-accel", ACCELERATOR, "-cpu", processor, "-machine", machine));
        words.addAll(List.of("-smp", "" + CPUS, "-m", "" + MEMORY));
        words.addAll(
                List.of(
                        "-object",
                        "memory-backend-file,id=ram,mem-path=%s,share=%s,size=%dM"
                                .formatted(memory, share ? "on" : "off", MEMORY)));
        words.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
        String forward = "hostfwd=tcp:127.0.0.1:0-%s:%d".formatted(DOM0_ADDRESS, SERVER_PORT);
        words.addAll(List.of("-netdev", "user,id=network," + forward));
        words.addAll(
                List.of("-device", "virtio-net-pci,netdev=network,romfile=,mac=52:54:00:00:00:01"));
        share(words, "host", directory, "");
        share(words, "lab", outputs, ",readonly=on");
        words.addAll(List.of("-serial", "file:" + console(directory), "-qmp", "stdio"));
        words.addAll(List.of("-kernel", outputs.resolve("xen").toString()));
        words.addAll(List.of("-append", XEN_OPTIONS));
        words.addAll(
                List.of(
                        "-initrd",
                        "%s %s,%s"
                                .formatted(
                                        outputs.resolve("vmlinux"),
                                        DOM0_OPTIONS,
                                        outputs.resolve("dom0.cpio"))));
        return words;
    }

    /** Shows dom0 a directory of this machine, as a 9p file system of that name. */
    private static void share(List<String> words, String name, Path directory, String options) {
        words.add("-fsdev");
        words.add("local,id=%s,path=%s,security_model=none%s".formatted(name, directory, options));
        words.add("-device");
        words.add("virtio-9p-pci,fsdev=%1$s,mount_tag=%1$s".formatted(name));
    }

    /** Makes the directory that a machine works in. */
    static Path directory(Path parent) {
        try {
            Files.createDirectories(parent);
            Path directory = Files.createTempDirectory(parent, "machine");
            Files.createDirectories(directory.resolve("log/console"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
