package dev.cortado.image.format.ovf;

import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import java.util.Arrays;

/**
 * The text that says what machine a package holds ("OVF Descriptor"). Elements of an item are in
 * the alphabet's order, as their schema wants.
 *
 * @param diskFile name of the disk's file in the package
 * @param diskFileBytes its size
 * @param diskBytes the disk's size
 */
record OvfDescriptor(
        OvfVersion version,
        VirtualHardware hardware,
        String diskFile,
        long diskFileBytes,
        long diskBytes) {
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";

    /** CIM_OperatingSystem.OSType: "Other 64-Bit". */
    private static final int OPERATING_SYSTEM = 102;

    // CIM_ResourceAllocationSettingData.ResourceType.
    private static final int PROCESSOR = 3;
    private static final int MEMORY = 4;
    private static final int IDE_CONTROLLER = 5;
    private static final int SCSI_CONTROLLER = 6;
    private static final int ETHERNET_ADAPTER = 10;
    private static final int HARD_DISK = 17;
    private static final int OTHER_STORAGE = 20;

    /** The first of VMware's that has both of its fast devices and a SATA controller. */
    private static final String MACHINE_TYPE = "vmx-10";

    private static final String STREAM_OPTIMIZED =
            "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";

    String render() {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Envelope xmlns="%1$s" xmlns:ovf="%1$s"
            xmlns:rasd="%2$sCIM_ResourceAllocationSettingData"
            xmlns:vssd="%2$sCIM_VirtualSystemSettingData"
            xmlns:vmw="http://www.vmware.com/schema/ovf">
          <References>
            <File ovf:id="file1" ovf:href="%3$s" ovf:size="%4$d"/>
          </References>
          <DiskSection>
            <Info>The disk that the machine starts from</Info>
            <Disk ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:capacity="%5$d"
                ovf:capacityAllocationUnits="byte" ovf:format="%6$s"/>
          </DiskSection>
          <NetworkSection>
            <Info>The network that the machine is connected to</Info>
            <Network ovf:name="VM Network">
              <Description>VM Network</Description>
            </Network>
          </NetworkSection>
          <VirtualSystem ovf:id="%7$s">
            <Info>A program that runs without an operating system</Info>
            <Name>%7$s</Name>
            <OperatingSystemSection ovf:id="%8$d" vmw:osType="otherGuest64">
              <Info>None</Info>
            </OperatingSystemSection>
            <VirtualHardwareSection>
              <Info>What the program has drivers for</Info>
              <System>
                <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
                <vssd:InstanceID>0</vssd:InstanceID>
                <vssd:VirtualSystemIdentifier>%7$s</vssd:VirtualSystemIdentifier>
                <vssd:VirtualSystemType>%9$s</vssd:VirtualSystemType>
              </System>
        %10$s    </VirtualHardwareSection>
          </VirtualSystem>
        </Envelope>
        """
                .formatted(
                        version.namespace(),
                        CIM,
                        diskFile,
                        diskFileBytes,
                        diskBytes,
                        STREAM_OPTIMIZED,
                        hardware.name(),
                        OPERATING_SYSTEM,
                        MACHINE_TYPE,
                        items());
    }

    private String items() {
        return item(
                        "<rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>",
                        "<rasd:ElementName>1 processor</rasd:ElementName>",
                        "<rasd:InstanceID>1</rasd:InstanceID>",
                        resourceType(PROCESSOR),
                        "<rasd:VirtualQuantity>1</rasd:VirtualQuantity>")
                + item(
                        "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>",
                        "<rasd:ElementName>%d MB of memory</rasd:ElementName>"
                                .formatted(hardware.memory()),
                        "<rasd:InstanceID>2</rasd:InstanceID>",
                        resourceType(MEMORY),
                        "<rasd:VirtualQuantity>%d</rasd:VirtualQuantity>"
                                .formatted(hardware.memory()))
                + controller()
                + item(
                        "<rasd:AddressOnParent>0</rasd:AddressOnParent>",
                        "<rasd:ElementName>Disk</rasd:ElementName>",
                        "<rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>",
                        "<rasd:InstanceID>4</rasd:InstanceID>",
                        "<rasd:Parent>3</rasd:Parent>",
                        resourceType(HARD_DISK))
                + item(
                        "<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>",
                        "<rasd:Connection>VM Network</rasd:Connection>",
                        "<rasd:ElementName>Network card</rasd:ElementName>",
                        "<rasd:InstanceID>5</rasd:InstanceID>",
                        "<rasd:ResourceSubType>%s</rasd:ResourceSubType>".formatted(card()),
                        resourceType(ETHERNET_ADAPTER));
    }

    private String controller() {
        return switch (hardware.disk()) {
            case PVSCSI -> controller("VirtualSCSI", SCSI_CONTROLLER);
            case IDE -> controller("PIIX4", IDE_CONTROLLER);
            case AHCI, VIRTIO, XEN -> controller("AHCI", OTHER_STORAGE);
        };
    }

    private static String controller(String kind, int type) {
        return item(
                "<rasd:Address>0</rasd:Address>",
                "<rasd:ElementName>Disk controller</rasd:ElementName>",
                "<rasd:InstanceID>3</rasd:InstanceID>",
                "<rasd:ResourceSubType>%s</rasd:ResourceSubType>".formatted(kind),
                resourceType(type));
    }

    private String card() {
        return hardware.card() == NetworkCard.VMXNET3 ? "VmxNet3" : "E1000";
    }

    private static String caption(String... elements) {
        return Arrays.stream(elements)
                .filter(element -> element.startsWith("<rasd:ElementName>"))
                .map(element -> element.replace("ElementName", "Caption"))
                .findFirst()
                .orElseThrow();
    }

    private static String resourceType(int type) {
        return "<rasd:ResourceType>%d</rasd:ResourceType>".formatted(type);
    }

    /** With its name as its caption too, which VirtualBox reads instead. */
    private static String item(String... elements) {
        StringBuilder item = new StringBuilder("      <Item>\n");
        for (String element : elements) {
            if (element.compareTo("<rasd:Caption>") > 0 && item.indexOf("Caption") < 0) {
                item.append("        ").append(caption(elements)).append('\n');
            }
            item.append("        ").append(element).append('\n');
        }
        return item.append("      </Item>\n").toString();
    }
}
