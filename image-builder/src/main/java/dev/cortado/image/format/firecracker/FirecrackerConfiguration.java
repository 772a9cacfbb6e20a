package dev.cortado.image.format.firecracker;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.json.JsonDescriptor;
import dev.cortado.image.image.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A machine that starts a kernel: {@code firecracker --no-api --config-file app.firecracker.json},
 * in the kernel's directory.
 */
public final class FirecrackerConfiguration {
    private static final String BOOT_SOURCE = "boot-source";
    private static final String KERNEL = "kernel_image_path";

    private FirecrackerConfiguration() {}

    /**
     * @param kernel the image, beside the output
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void write(VirtualHardware hardware, Path kernel, Path output) {
        Map<String, Object> boot = new LinkedHashMap<>();
        boot.put(KERNEL, name(kernel, output));
        boot.put("boot_args", "");
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("vcpu_count", 1);
        machine.put("mem_size_mib", hardware.memory());
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put(BOOT_SOURCE, boot);
        whole.put("drives", List.of());
        whole.put("machine-config", machine);
        whole.put("network-interfaces", List.of());
        AtomicFile.write(output, ByteBuffer.wrap(JsonDescriptor.indented(whole)));
    }

    /** Just the name of a file that is beside the output: both may be moved together. */
    private static String name(Path kernel, Path output) {
        Path absolute = kernel.toAbsolutePath().normalize();
        Path directory = output.toAbsolutePath().normalize().getParent();
        boolean isBeside = absolute.getParent().equals(directory);
        return (isBeside ? absolute.getFileName() : absolute).toString();
    }

    /** Whether a file is such a configuration. */
    public static boolean is(ByteSource file) {
        return JsonDescriptor.find(file).map(json -> json.has(BOOT_SOURCE)).orElse(false);
    }

    /**
     * Opens its kernel.
     *
     * @throws dev.cortado.image.UserError if it has none, or that is not there
     */
    public static ByteSource open(ByteSource file, Siblings siblings) {
        JsonNode path = JsonDescriptor.read(file).path(BOOT_SOURCE).path(KERNEL);
        if (!path.isString()) {
            throw file.unsupported("it has no kernel");
        }
        return siblings.open(file, path.asString());
    }
}
