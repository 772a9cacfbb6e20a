package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;
import dev.cortado.runtime.configuration.cloud.NoCloud;

/** cloud-init's NoCloud: the label is {@code cidata}, in whatever case. */
public final class NoCloudForm implements MediumForm {
    private static final String LABEL = "cidata";

    @Override
    public String name() {
        return "NoCloud";
    }

    @Override
    public boolean isOn(String label) {
        return label.equalsIgnoreCase(LABEL);
    }

    @Override
    public void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        NoCloud.read(files, configuration);
    }
}
