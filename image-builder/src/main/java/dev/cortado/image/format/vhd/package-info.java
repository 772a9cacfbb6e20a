/** Microsoft's older disks (Microsoft, Virtual Hard Disk Image Format Specification 1.0). */
package dev.cortado.image.format.vhd;
