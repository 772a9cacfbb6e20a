package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;
import dev.cortado.runtime.configuration.ovf.OvfConfiguration;

/**
 * OVF's transport "iso" (DSP0243 1.1.0, section 11): {@code ovf-env.xml}, on a medium of any label.
 */
public final class OvfForm implements MediumForm {
    @Override
    public String name() {
        return "OVF";
    }

    @Override
    public boolean isOn(String label) {
        return true;
    }

    @Override
    public void read(ConfigurationFiles files, ConfigurationBuilder configuration) {
        OvfConfiguration.read(files, configuration);
    }
}
