package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.cloud.ConfigDrive;
import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;

/** OpenStack's config drive: the label is {@code config-2}, in whatever case. */
public final class ConfigDriveForm implements MediumForm {
    private static final String LABEL = "config-2";

    @Override
    public String name() {
        return "ConfigDrive";
    }

    @Override
    public boolean isOn(String label) {
        return label.equalsIgnoreCase(LABEL);
    }

    @Override
    public void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        ConfigDrive.read(files, configuration);
    }
}
