package dev.cortado.image.format.oci;

import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.image.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** What KubeVirt starts a machine from: a VirtualMachine of {@code kubevirt.io/v1}, in YAML. */
public final class VirtualMachineManifest {
    private static final String REGISTRY = "registry.example.com";

    private final VirtualHardware hardware;
    private final String archive;
    private final String name;

    private VirtualMachineManifest(VirtualHardware hardware, String archive) {
        this.hardware = hardware;
        this.archive = archive;
        name = resourceName(hardware.name());
    }

    /** As RFC 1123 has labels: letters, digits and hyphens, of which none is at an end. */
    static String resourceName(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String most = letters.substring(0, Math.min(letters.length(), 63));
        String ends = most.replaceAll("^-+|-+$", "");
        return ends.isEmpty() ? "guest" : ends;
    }

    /**
     * Of a machine that starts from a disk in a container.
     *
     * @param archive the container image's file
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void writeDisk(VirtualHardware hardware, Path archive, Path output) {
        var manifest = new VirtualMachineManifest(hardware, archive.getFileName().toString());
        write(output, manifest.render("", manifest.disks(), manifest.volumes()));
    }

    /**
     * Of a machine that starts from a kernel in a container.
     *
     * @param kernel its path there
     */
    public static void writeKernel(
            VirtualHardware hardware, String kernel, Path archive, Path output) {
        var manifest = new VirtualMachineManifest(hardware, archive.getFileName().toString());
        write(output, manifest.render(manifest.kernelBoot(kernel), "", ""));
    }

    private static void write(Path output, String text) {
        AtomicFile.write(output, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String render(String firmware, String disks, String volumes) {
        return """
        # Put the image where your cluster finds it, and its name below; then kubectl apply -f
        #   skopeo copy oci-archive:%1$s docker://%2$s/%3$s:latest
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata:
          name: %3$s
        spec:
          runStrategy: Always
          template:
            metadata:
              labels:
                kubevirt.io/domain: %3$s
            spec:
              terminationGracePeriodSeconds: 30
              domain:
                cpu:
                  cores: 1
                memory:
                  guest: %4$dMi
        %5$s        devices:
                  autoattachGraphicsDevice: false
                  autoattachSerialConsole: true
        %6$s          interfaces:
                    - name: default
                      model: %7$s
                      masquerade: {}
              networks:
                - name: default
                  pod: {}
        %8$s\
        """
                .formatted(
                        archive,
                        REGISTRY,
                        name,
                        hardware.memory(),
                        firmware,
                        disks,
                        hardware.card() == NetworkCard.VIRTIO ? "virtio" : "e1000",
                        volumes);
    }

    private String image() {
        return REGISTRY + "/" + name + ":latest";
    }

    private String kernelBoot(String kernel) {
        return """
                firmware:
                  kernelBoot:
                    container:
                      image: %s
                      kernelPath: %s
                    # Arguments of the program; words like -Dkey=value become system properties.
                    kernelArgs: ""
        """
                .formatted(image(), kernel);
    }

    private String disks() {
        return """
                  disks:
                    - name: image
                      disk:
                        bus: %s
        """
                .formatted(hardware.disk() == DiskController.VIRTIO ? "virtio" : "sata");
    }

    private String volumes() {
        return """
              volumes:
                - name: image
                  containerDisk:
                    image: %s
        """
                .formatted(image());
    }
}
