drop table people_member, people_staff_invitation;
