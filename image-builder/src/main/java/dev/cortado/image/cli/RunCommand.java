package dev.cortado.image.cli;

import dev.cortado.image.run.Accelerator;
import dev.cortado.image.run.FirmwareName;
import dev.cortado.image.run.Gdb;
import dev.cortado.image.run.HypervisorName;
import dev.cortado.image.run.MachineType;
import dev.cortado.image.run.MemorySize;
import dev.cortado.image.run.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado run}. */
@Command(
        name = "run",
        description =
                "Runs an image in QEMU, on Xen or by libvirt, with its console in this terminal.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "N: the guest's own exit code",
            "2: something that you can mend; the message says how",
            "70: the guest's kernel panicked",
            "71: the guest could not start, or died without saying why",
            "124: the guest was ended because of --timeout",
            "129, 130, 143: SIGHUP, Ctrl-C or SIGTERM asked the guest to end, a second one kills it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado run app",
            "  cortado run --memory 64M --timeout 30 app -- --port 8080 -Dlog.level=debug",
            "  cortado run --env GREETING='Good morning' --env HOME app",
            "  cortado run --forward 8080:80 app",
            "  cortado run --detach --forward 0:80 --wait-for http://guest:80/ app",
            "  cortado run --disk data.img:10G --mount /data=vda:ext4,format-if-blank app",
            "  cortado run --share src:/src app",
            "  cortado run --machine q35 --gdb app",
            "  cortado run --firmware uefi app-bare.img",
            "  cortado run --on xen app-xen-pvh.elf",
            "  cortado run --on libvirt --connect qemu:///system app"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image to run.")
    private Path image;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description =
                    "Arguments for the program, after --; those like -Dkey=value become system"
                            + " properties.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--on",
            paramLabel = "HYPERVISOR",
            description =
                    "What runs it: ${COMPLETION-CANDIDATES}. Xen has to be what this machine runs"
                            + " on, and xl there; libvirt's QEMU is asked by virsh. Default:"
                            + " ${DEFAULT-VALUE}.")
    private HypervisorName hypervisor = HypervisorName.QEMU;

    @Option(
            names = "--connect",
            paramLabel = "URI",
            description =
                    "Which libvirt, with --on libvirt: qemu:///system or qemu:///session. Default:"
                            + " virsh's choice.")
    private String connection;

    @Option(
            names = "--machine",
            paramLabel = "MACHINE",
            description =
                    "The machine that QEMU is to be: ${COMPLETION-CANDIDATES}. Default: microvm,"
                            + " and q35 where firmware boots the image.")
    private MachineType machine;

    @Option(
            names = "--firmware",
            paramLabel = "FIRMWARE",
            description =
                    "What boots an image that is a disk: ${COMPLETION-CANDIDATES}; uefi also a"
                            + " bzimage. Default for a disk: bios.")
    private FirmwareName firmware;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemoryConverter.class,
            description =
                    "The machine's memory, such as 64 or 64M (MiB) or 1G. Default:"
                            + " ${DEFAULT-VALUE}.")
    private MemorySize memory = MemorySize.DEFAULT;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "How many processors it has. Default: ${DEFAULT-VALUE}.")
    private int cpus = 1;

    @Mixin private EnvironmentOptions environment = new EnvironmentOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "End the guest after this time.")
    private Double timeout;

    @Option(
            names = "--gdb",
            description =
                    "Wait for gdb before the guest's first instruction, and say what to type.")
    private boolean gdb;

    @Option(
            names = "--gdb-port",
            paramLabel = "PORT",
            description = "Where to wait for gdb. Default: ${DEFAULT-VALUE}.")
    private int gdbPort = Gdb.DEFAULT_PORT;

    @Option(
            names = "--monitor",
            description =
                    "Open the guest's monitor with Ctrl-T, and dump its threads with Ctrl-\\. The"
                            + " program does not read these keys then.")
    private boolean monitor;

    @Option(
            names = "--accelerator",
            paramLabel = "NAME",
            description =
                    "How to execute the guest: ${COMPLETION-CANDIDATES}. Default: KVM if it works,"
                            + " otherwise TCG.")
    private Accelerator accelerator;

    @ArgGroup(validate = false, heading = "%nNetwork:%n")
    private NetworkOptions network = new NetworkOptions();

    @ArgGroup(validate = false, heading = "%nDisks:%n")
    private DiskOptions disks = new DiskOptions();

    @ArgGroup(validate = false, heading = "%nIn the background:%n")
    private DetachOptions background = new DetachOptions();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        RunRequest.Builder request =
                RunRequest.of(image)
                        .memory(memory)
                        .cpus(cpus)
                        .monitor(monitor)
                        .network(network.request())
                        .disks(disks.request())
                        .shares(disks.shares())
                        .environment(environment.forRun(System.getenv()))
                        .arguments(arguments);
        if (machine != null) {
            request.machine(machine);
        }
        if (firmware != null) {
            request.firmware(firmware);
        }
        if (gdb) {
            request.gdb(gdbPort);
        }
        if (timeout != null) {
            request.timeout(Seconds.of("--timeout", timeout));
        }
        if (accelerator != null) {
            request.accelerator(accelerator);
        }
        if (connection != null) {
            request.connection(connection);
        }
        if (background.isWanted()) {
            background.start(request.build(), hypervisor, spec.commandLine());
            return 0;
        }
        return hypervisor.create().run(request.build());
    }

    /** Reads {@code --memory}. */
    static final class MemoryConverter implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String value) {
            return MemorySize.parse(value);
        }
    }
}
