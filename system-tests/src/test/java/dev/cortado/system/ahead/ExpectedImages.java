package dev.cortado.system.ahead;

import dev.cortado.system.ControllersIT;
import dev.cortado.system.Cortado;
import dev.cortado.system.DiskIT;
import dev.cortado.system.FirmwareIT;
import dev.cortado.system.GuestSuite;
import dev.cortado.system.ImageBuilds;
import dev.cortado.system.Probe;
import dev.cortado.system.Program;
import dev.cortado.system.xen.XenImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * When all tests are going to run, with the system property {@code cortado.images.ahead}, the
 * images that they need are built ahead.
 */
public final class ExpectedImages implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Tests on the host run without the distribution.
        if (Boolean.getBoolean("cortado.images.ahead")
                && System.getProperty("cortado.distribution") != null) {
            ImageBuilds.ahead(commands());
        }
    }

    private static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        commands.add(Probe.buildCommand());
        commands.add(DiskIT.buildCommand());
        commands.add(ControllersIT.buildCommand());
        commands.add(GuestSuite.buildCommand());
        commands.addAll(XenImages.buildCommands());
        commands.add(Cortado.buildCommand(Program.http(), Program.http().imageFile("first")));
        commands.add(
                Cortado.buildCommand(
                        Program.tour(), Program.tour().imageFile("first"), "--reproducible"));
        commands.add(Cortado.buildCommand(Program.hello(), Program.hello().imageFile("first")));
        commands.add(FirmwareIT.buildCommand());
        return commands;
    }
}
