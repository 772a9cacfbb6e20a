package dev.cortado.image.format.ovf;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.xml.XmlDescriptor;
import java.util.List;
import org.w3c.dom.Element;

/** A machine in one file, of which the first disk is read. */
public final class OvaArchive {
    private OvaArchive() {}

    /** Whether a file begins as such an archive, with a descriptor. */
    public static boolean is(ByteSource file) {
        return TarArchive.is(file) && TarArchive.firstName(file).endsWith(".ovf");
    }

    /** Whether its descriptor is of OVF 2. */
    public static boolean isVersion2(ByteSource file) {
        ByteSource descriptor = TarArchive.open(file).file(TarArchive.firstName(file));
        String namespace = XmlDescriptor.read(descriptor).namespace();
        return OvfVersion.VERSION_2.namespace().equals(namespace);
    }

    /**
     * The file of its first disk, checked against the manifest if there is one.
     *
     * @throws dev.cortado.image.UserError if it is damaged, or has no disk
     */
    public static ByteSource open(ByteSource file) {
        TarArchive archive = TarArchive.open(file);
        String name = TarArchive.firstName(file);
        ByteSource descriptor = archive.file(name);
        String diskName = diskFile(XmlDescriptor.read(descriptor));
        ByteSource disk = archive.file(diskName);
        String manifest = name.replaceFirst("\\.ovf$", ".mf");
        archive.find(manifest)
                .ifPresent(digests -> {
                    OvfManifest.require(digests, name, descriptor);
                    OvfManifest.require(digests, diskName, disk);
                });
        return disk;
    }

    private static String diskFile(XmlDescriptor descriptor) {
        List<Element> disks = descriptor.elements("Disk");
        String reference =
                disks.stream()
                        .flatMap(disk -> XmlDescriptor.attribute(disk, "fileRef").stream())
                        .findFirst()
                        .orElseThrow(() -> descriptor.file().unsupported("it has no disk"));
        return descriptor.elements("File").stream()
                .filter(each -> XmlDescriptor.attribute(each, "id").orElse("").equals(reference))
                .flatMap(each -> XmlDescriptor.attribute(each, "href").stream())
                .findFirst()
                .orElseThrow(() -> descriptor.file().damaged("its disk has no file"));
    }
}
