package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.disk.DiskRequest;
import dev.cortado.image.network.NetworkRequest;
import dev.cortado.image.run.Accelerator;
import dev.cortado.image.run.FirmwareName;
import dev.cortado.image.run.MachineType;
import dev.cortado.image.run.MemorySize;
import dev.cortado.image.run.RunRequest;
import dev.cortado.image.share.ShareRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals share that boot a project's image: the guest's machine, network and arguments. */
abstract class AbstractGuestMojo extends AbstractBuildMojo {
    /** The guest's memory, such as {@code 64M} or {@code 1G}. */
    @Parameter(property = "cortado.memory", defaultValue = "128M")
    private String memory;

    /** The machine that QEMU is to be: {@code microvm} (the default), {@code q35} or {@code pc}. */
    @Parameter(property = "cortado.machine")
    private String machine = "";

    /** What boots an image that is a disk: {@code bios} (the default) or {@code uefi}. */
    @Parameter(property = "cortado.firmware")
    private String firmware = "";

    /** How many processors the guest has. */
    @Parameter(property = "cortado.cpus", defaultValue = "1")
    private int cpus;

    /** How QEMU executes the guest: {@code kvm} or {@code tcg}; without it, what works. */
    @Parameter(property = "cortado.accelerator")
    private String accelerator;

    /**
     * What the guest's network card is connected to: {@code user} (QEMU's own network), {@code
     * tap=NAME} or {@code none}; without it, {@code user} if the program uses the network.
     */
    @Parameter(property = "cortado.net")
    private String net;

    /**
     * Ports of this machine that are the guest's, such as {@code 8080:80}, {@code 0.0.0.0:8080:80}
     * or {@code 5353:53/udp}; 0 for a free one of this machine.
     */
    @Parameter(property = "cortado.forwards")
    private List<String> forwards;

    /** The card's address; without it, one that is made of the image's path. */
    @Parameter(property = "cortado.mac")
    private String mac;

    /**
     * The guest's address, such as {@code eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3}; without
     * it, by DHCP.
     */
    @Parameter(property = "cortado.address")
    private String address;

    /** Writes all frames to this file, as pcap. */
    @Parameter(property = "cortado.capture")
    private File capture;

    /**
     * Files that are disks of the guest, the first one vda, such as {@code data.img}, {@code
     * new.qcow2:10G}, which is made if it is missing, or {@code data.img,readonly,serial=NAME}.
     */
    @Parameter(property = "cortado.disks")
    private List<String> disks;

    /** What the guest mounts, such as {@code /data=vda:ext4}, instead of {@code mounts}. */
    @Parameter(property = "cortado.run.mounts")
    private List<String> runMounts;

    /**
     * Folders of this machine that the guest has as well, such as {@code src:/src}, or {@code
     * src:/src,ro}, which it cannot change; {@code ,virtiofs} behind it has virtiofsd serve it.
     */
    @Parameter(property = "cortado.shares")
    private List<String> shares;

    /** System properties of the running program. */
    @Parameter private Map<String, String> properties;

    /** Environment variables of the running program, instead of those of {@code environment}. */
    @Parameter private Map<String, String> runEnvironment;

    /** The program's arguments; words such as {@code -Da=b} become system properties. */
    @Parameter(property = "cortado.arguments")
    private List<String> arguments;

    /** A guest of that image, as the parameters want it. */
    final RunRequest.Builder request(Path image) {
        RunRequest.Builder request =
                RunRequest.of(image)
                        .memory(MemorySize.parse(memory))
                        .cpus(cpus)
                        .network(network())
                        .disks(disks())
                        .shares(ShareRequest.of(CommaLists.shares(shares)))
                        .environment(variables(runEnvironment))
                        .arguments(words());
        if (!machine.isBlank()) {
            request.machine(machine());
        }
        if (!firmware.isBlank()) {
            request.firmware(firmware());
        }
        if (accelerator != null && !accelerator.isBlank()) {
            request.accelerator(accelerator());
        }
        return request;
    }

    private NetworkRequest network() {
        return NetworkRequest.of(
                given(net),
                forwards == null ? List.of() : forwards,
                given(mac),
                capture == null ? null : capture.toPath(),
                given(address));
    }

    private DiskRequest disks() {
        return DiskRequest.of(CommaLists.disks(disks), CommaLists.mounts(runMounts));
    }

    /** Null for what is empty in a pom. */
    static String given(String word) {
        return word == null || word.isBlank() ? null : word;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        if (properties != null) {
            new TreeMap<>(properties).forEach((key, value) -> words.add("-D" + key + "=" + value));
        }
        if (arguments != null) {
            words.addAll(arguments);
        }
        return words;
    }

    private Accelerator accelerator() {
        try {
            return Accelerator.valueOf(accelerator.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError("accelerator is '" + accelerator + "': set it to kvm or tcg");
        }
    }

    private FirmwareName firmware() {
        try {
            return FirmwareName.valueOf(firmware.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError("firmware is '" + firmware + "': set it to bios or uefi");
        }
    }

    private MachineType machine() {
        try {
            return MachineType.valueOf(machine.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError("machine is '" + machine + "': set it to microvm, q35 or pc");
        }
    }
}
