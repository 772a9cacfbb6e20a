/** Microsoft's newer disks (MS-VHDX, Virtual Hard Disk v2 File Format). */
package dev.cortado.image.format.vhdx;
