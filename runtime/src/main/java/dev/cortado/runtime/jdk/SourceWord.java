package dev.cortado.runtime.jdk;

import dev.cortado.drivers.registry.TargetMachine;
import dev.cortado.runtime.configuration.guest.ConfigDriveForm;
import dev.cortado.runtime.configuration.guest.ConfigurationSource;
import dev.cortado.runtime.configuration.guest.DiskSource;
import dev.cortado.runtime.configuration.guest.FirmwareSource;
import dev.cortado.runtime.configuration.guest.GuestInfoSource;
import dev.cortado.runtime.configuration.guest.MediumForm;
import dev.cortado.runtime.configuration.guest.NoCloudForm;
import dev.cortado.runtime.configuration.guest.OvfForm;
import dev.cortado.runtime.configuration.guest.OvfVariableSource;
import dev.cortado.runtime.configuration.guest.StoreSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sources of configuration by the words of a build; those that count more come first. Asked only
 * while an image is built, but what a disk's source has to log with is made here.
 */
enum SourceWord {
    FIRMWARE("fw-cfg", TargetMachine::mayBeQemu, FirmwareSource::new),
    STORE("xenstore", TargetMachine::isXen, StoreSource::new),
    GUEST_INFO("guestinfo", TargetMachine::isVmware, GuestInfoSource::new),
    OVF_VARIABLE("ovf", TargetMachine::isVmware, OvfVariableSource::new),
    OVF_MEDIUM("ovf", () -> true, () -> medium(new OvfForm())),
    NO_CLOUD("nocloud", () -> true, () -> medium(new NoCloudForm())),
    CONFIG_DRIVE("config-drive", () -> true, () -> medium(new ConfigDriveForm()));

    private final String word;
    private final BooleanSupplier isThere;
    private final Supplier<ConfigurationSource> maker;

    SourceWord(String word, BooleanSupplier isThere, Supplier<ConfigurationSource> maker) {
        this.word = word;
        this.isThere = isThere;
        this.maker = maker;
    }

    String word() {
        return word;
    }

    /** Whether machines of the target that is built for can have it. */
    boolean isThere() {
        return isThere.getAsBoolean();
    }

    private static ConfigurationSource medium(MediumForm form) {
        return new DiskSource(form, MountConsole::line);
    }

    ConfigurationSource make() {
        return maker.get();
    }
}
