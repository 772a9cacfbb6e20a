package dev.cortado.runtime.configuration;

import dev.cortado.runtime.file.mount.MountSpec;
import java.util.List;
import java.util.Map;

/**
 * What one source says. Immutable but for the files' contents.
 *
 * @param source for people, such as "fw_cfg" or "NoCloud of vdb"
 * @param arguments of the program; empty if the source says nothing of them
 * @param properties of the system, by name
 * @param environment variables by name
 * @param files in the order in which they are written
 */
public record BootConfiguration(
        String source,
        List<String> arguments,
        Map<String, String> properties,
        Map<String, String> environment,
        List<InterfaceSettings> interfaces,
        List<MountSpec> mounts,
        List<ConfiguredFile> files) {
    /** The property that has the machine's name, if a source says one. */
    public static final String HOST_NAME_PROPERTY = "cortado.local-hostname";

    /** Whether it says nothing at all. */
    public boolean isEmpty() {
        return arguments.isEmpty()
                && properties.isEmpty()
                && environment.isEmpty()
                && interfaces.isEmpty()
                && mounts.isEmpty()
                && files.isEmpty();
    }
}
