package dev.cortado.runtime.configuration.guest;

import dev.cortado.drivers.qemu.FirmwareConfiguration;
import dev.cortado.drivers.qemu.FirmwareFile;
import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.named.NamedConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * QEMU's firmware configuration: {@code opt/dev.cortado/arguments} and so on, and files to be
 * written, which are named {@code opt/dev.cortado/files} and their path.
 */
public final class FirmwareSource implements ConfigurationSource {
    private static final String NAME = "fw_cfg";
    private static final String PREFIX = "opt/dev.cortado/";
    private static final String FILES = PREFIX + "files";

    @Override
    public List<BootConfiguration> read(Consumer<String> problems) {
        FirmwareConfiguration device = FirmwareConfiguration.ofMachine();
        if (!device.isPresent()) {
            return List.of();
        }
        ConfigurationBuilder configuration = new ConfigurationBuilder(NAME, problems);
        try {
            List<FirmwareFile> all = device.files();
            NamedConfiguration.read(name -> value(device, all, name), PREFIX, configuration);
            for (FirmwareFile file : all) {
                if (file.name().startsWith(FILES + "/")) {
                    configuration.attempt(() -> configuration.addFile(file(device, file)));
                }
            }
        } catch (IOException e) {
            configuration.problem(e.getMessage());
        }
        return List.of(configuration.build());
    }

    private static byte[] value(FirmwareConfiguration device, List<FirmwareFile> all, String name)
            throws IOException {
        for (FirmwareFile file : all) {
            if (file.name().equals(name)) {
                return device.read(file, Limits.DOCUMENT_BYTES);
            }
        }
        return null;
    }

    private static ConfiguredFile file(FirmwareConfiguration device, FirmwareFile file)
            throws ConfigurationException {
        try {
            return ConfiguredFile.of(
                    file.name().substring(FILES.length()),
                    device.read(file, Limits.FILE_BYTES),
                    ConfiguredFile.USUAL_PERMISSIONS,
                    false);
        } catch (IOException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
