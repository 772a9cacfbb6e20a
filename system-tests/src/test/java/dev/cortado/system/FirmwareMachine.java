package dev.cortado.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine of QEMU's that starts by its firmware, without a device that was made to end it. */
final class FirmwareMachine {
    /** Where Debian's package ovmf has firmware. */
    private static final Path OVMF = Path.of("/usr/share/OVMF");

    private FirmwareMachine() {}

    /**
     * @param firmware {@code bios} or {@code uefi}; the test is skipped where that is missing
     * @param options what it starts from, and others
     */
    static Session start(String firmware, String machine, String... options) {
        return start(firmware, machine, List.of(options));
    }

    static Session start(String firmware, String machine, List<String> options) {
        return firmware.equals("uefi")
                ? startUefi(machine, "OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd", options)
                : new Session(command(machine, options));
    }

    /** The same, with one of the package's kinds of UEFI. */
    static Session startUefi(String machine, String code, String variables, List<String> options) {
        assumeTrue(Files.exists(OVMF.resolve(code)), "the package ovmf is not installed");
        String flash = "if=pflash,format=raw,unit=%d,%s,file=%s";
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "-drive",
                                flash.formatted(0, "readonly=on", OVMF.resolve(code)),
                                "-drive",
                                flash.formatted(1, "snapshot=on", OVMF.resolve(variables))));
        all.addAll(options);
        return new Session(command(machine, all));
    }

    private static List<String> command(String machine, List<String> options) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "256", "-nodefaults"));
        command.addAll(List.of("-no-reboot", "-display", "none", "-serial", "stdio"));
        command.addAll(options);
        return command;
    }
}
