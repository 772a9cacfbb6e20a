package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.qemu.OptionValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * UEFI for QEMU, where distributions put it.
 *
 * @param code its file with code
 * @param variables its file with variables as they are on a new machine, which is not written to
 */
record UefiFirmware(Path code, Path variables) {
    private static final List<UefiFirmware> PLACES =
            List.of(
                    of("/usr/share/OVMF", "OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd"),
                    of("/usr/share/OVMF", "OVMF_CODE.fd", "OVMF_VARS.fd"),
                    of("/usr/share/edk2/ovmf", "OVMF_CODE.fd", "OVMF_VARS.fd"),
                    of("/usr/share/edk2/x64", "OVMF_CODE.4m.fd", "OVMF_VARS.4m.fd"),
                    of("/usr/share/qemu", "edk2-x86_64-code.fd", "edk2-i386-vars.fd"),
                    of("/usr/local/share/qemu", "edk2-x86_64-code.fd", "edk2-i386-vars.fd"),
                    of("/opt/homebrew/share/qemu", "edk2-x86_64-code.fd", "edk2-i386-vars.fd"));

    private static UefiFirmware of(String directory, String code, String variables) {
        return new UefiFirmware(Path.of(directory, code), Path.of(directory, variables));
    }

    /**
     * Finds it.
     *
     * @throws UserError if it is not there
     */
    static UefiFirmware find() {
        return PLACES.stream()
                .filter(each -> Files.isReadable(each.code) && Files.isReadable(each.variables))
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                "there is no UEFI for QEMU here: install OVMF (Debian, Ubuntu: apt"
                                        + " install ovmf; Fedora: dnf install edk2-ovmf)"));
    }

    /** QEMU's options; what the firmware changes in its variables is forgotten at the end. */
    List<String> options() {
        String flash = "if=pflash,format=raw,unit=%d,%s,file=%s";
        return List.of(
                "-drive",
                flash.formatted(0, "readonly=on", OptionValue.of(code)),
                "-drive",
                flash.formatted(1, "snapshot=on", OptionValue.of(variables)));
    }
}
