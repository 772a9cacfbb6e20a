/** VMware's disks of one file (VMware, Virtual Disk Format 1.1). */
package dev.cortado.image.format.vmdk;
