package dev.cortado.runtime.share;

import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.ninep.Ninep;
import java.nio.file.Path;
import java.util.List;

/** By QEMU's own server of 9P. */
final class QemuFolderTest extends QemuFolderContract {
    @Override
    protected Protocol protocol() {
        return new Ninep();
    }

    @Override
    String device() {
        return "virtio-9p-device";
    }

    @Override
    List<String> options(Path shared) {
        return List.of(
                "-fsdev",
                "local,id=folder,security_model=none,multidevs=remap,path=" + shared,
                "-device",
                "virtio-9p-device,bus=virtio-mmio-bus.0,fsdev=folder,mount_tag=folder");
    }
}
