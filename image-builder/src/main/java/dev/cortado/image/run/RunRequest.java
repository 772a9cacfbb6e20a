package dev.cortado.image.run;

import dev.cortado.image.disk.DiskRequest;
import dev.cortado.image.environment.EnvironmentVariables;
import dev.cortado.image.network.NetworkRequest;
import dev.cortado.image.share.ShareRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which image to run, and how.
 *
 * @param image the image file
 * @param machine the machine that QEMU is to be; none for the usual one, or for another hypervisor
 * @param firmware what boots an image; none for the usual one, or none at all
 * @param memory the machine's memory
 * @param cpus how many processors it has
 * @param timeout when to end the guest, if it has not ended by itself
 * @param gdb the port on which to wait for gdb before the first instruction, if at all
 * @param monitor whether keys at the console open the guest's monitor
 * @param accelerator how to execute it; none to find out what works
 * @param connection which libvirt to ask, as virsh is told; none for virsh's own choice
 * @param network what is wanted of its network
 * @param disks what is wanted of its disks
 * @param shares which folders of the host it has
 * @param environment variables that it has, whatever it was built with
 * @param arguments the program's; words such as {@code -Da=b} become system properties
 */
public record RunRequest(
        Path image,
        Optional<MachineType> machine,
        Optional<FirmwareName> firmware,
        MemorySize memory,
        int cpus,
        Optional<Duration> timeout,
        OptionalInt gdb,
        boolean monitor,
        Optional<Accelerator> accelerator,
        Optional<String> connection,
        NetworkRequest network,
        DiskRequest disks,
        ShareRequest shares,
        EnvironmentVariables environment,
        List<String> arguments) {

    public RunRequest {
        arguments = List.copyOf(arguments);
    }

    /** A request with the usual settings, to be changed. */
    public static Builder of(Path image) {
        return new Builder(image);
    }

    /** Sets what is not as usual. */
    public static final class Builder {
        private final Path image;
        private Optional<MachineType> machine = Optional.empty();
        private Optional<FirmwareName> firmware = Optional.empty();
        private MemorySize memory = MemorySize.DEFAULT;
        private int cpus = 1;
        private Optional<Duration> timeout = Optional.empty();
        private OptionalInt gdb = OptionalInt.empty();
        private boolean monitor;
        private Optional<Accelerator> accelerator = Optional.empty();
        private Optional<String> connection = Optional.empty();
        private NetworkRequest network = NetworkRequest.USUAL;
        private DiskRequest disks = DiskRequest.NONE;
        private ShareRequest shares = ShareRequest.NONE;
        private EnvironmentVariables environment = EnvironmentVariables.NONE;
        private List<String> arguments = List.of();

        private Builder(Path image) {
            this.image = image;
        }

        public Builder machine(MachineType type) {
            machine = Optional.of(type);
            return this;
        }

        public Builder firmware(FirmwareName name) {
            firmware = Optional.of(name);
            return this;
        }

        public Builder memory(MemorySize size) {
            memory = size;
            return this;
        }

        public Builder cpus(int count) {
            cpus = count;
            return this;
        }

        public Builder timeout(Duration patience) {
            timeout = Optional.of(patience);
            return this;
        }

        public Builder gdb(int port) {
            gdb = OptionalInt.of(port);
            return this;
        }

        public Builder monitor(boolean on) {
            monitor = on;
            return this;
        }

        public Builder accelerator(Accelerator how) {
            accelerator = Optional.of(how);
            return this;
        }

        public Builder connection(String uri) {
            connection = Optional.of(uri);
            return this;
        }

        public Builder network(NetworkRequest wanted) {
            network = wanted;
            return this;
        }

        public Builder disks(DiskRequest wanted) {
            disks = wanted;
            return this;
        }

        public Builder shares(ShareRequest wanted) {
            shares = wanted;
            return this;
        }

        public Builder environment(EnvironmentVariables variables) {
            environment = variables;
            return this;
        }

        public Builder arguments(List<String> words) {
            arguments = words;
            return this;
        }

        public RunRequest build() {
            return new RunRequest(
                    image,
                    machine,
                    firmware,
                    memory,
                    cpus,
                    timeout,
                    gdb,
                    monitor,
                    accelerator,
                    connection,
                    network,
                    disks,
                    shares,
                    environment,
                    arguments);
        }
    }
}
